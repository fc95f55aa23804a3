import type { Body, Case } from '../model.ts';
import { wareki } from '../model.ts';
import type { Page } from '../page.ts';
import { newPage, putParagraph, putSeal, putText, putTitle } from '../page.ts';

export interface ContractOptions {
  /** 介護予防支援契約書, 介護予防支援・介護予防ケアマネジメント契約書 … */
  title: string;
  office: Body | null;
  center: Body | null;
  /** the city as a party (水戸市) */
  city?: string;
  date: string;
  from: string;
  to: string;
  signed?: boolean;
}

/** 契約書: two or three parties, as given. */
export function keiyakusho(c: Case, o: ContractOptions): Page[] {
  const page = newPage();
  const p = c.person;
  const others = [
    ...(o.office
      ? [{ role: '居宅介護支援事業所（指定介護予防支援事業者）', body: o.office.name, by: '管理者' }]
      : []),
    ...(o.center ? [{ role: '地域包括支援センター', body: o.center.name, by: 'センター長' }] : []),
    ...(o.city ? [{ role: '市', body: o.city, by: '市長' }] : []),
  ];
  const names = ['甲', '乙', '丙', '丁'];
  let y = putTitle(page, 40, o.title);
  const parties = [
    `利用者 ${p.name}（以下「甲」という。）`,
    ...others.map((other, i) => `${other.role} ${other.body}（以下「${names[i + 1]}」という。）`),
  ];
  y = putParagraph(page, 50, y + 6, 495, `　${parties.join('と')}は、次のとおり契約を締結する。`, 10);
  const articles = [
    [
      '（契約の目的）',
      others.length > 1
        ? '乙は介護予防支援を、丙は介護予防ケアマネジメントを、甲の状態に応じて行い、甲が住み慣れた地域で自立した生活を営めるよう支援する。'
        : '乙は、甲が住み慣れた地域で自立した生活を営めるよう、甲の同意を得て計画を作成し、その実施を支援する。',
    ],
    [
      '（契約期間）',
      `契約期間は、${wareki(o.from)}から${wareki(o.to)}までとする。${
        others.length > 1
          ? '契約期間内に介護予防支援と介護予防ケアマネジメントの区分が変わっても、この契約は終了せず、新たな契約を要しない。'
          : '介護予防支援と介護予防ケアマネジメントの区分が変わるときは、改めて必要な契約を結ぶことを説明した。'
      }`,
    ],
    ['（担当者）', '担当者は介護予防支援に関する知識を有する者とし、身分を証する書類を携行する。'],
    ['（重要事項の説明）', '契約に先立ち、重要事項説明書により重要な事項を説明し、同意を得るものとする。'],
    ['（秘密の保持）', '正当な理由なく、業務上知り得た甲及びその家族の秘密を漏らさない。'],
    ['（契約の終了）', '甲は、1週間以上の予告期間をもって、いつでもこの契約を解約することができる。'],
  ];
  articles.forEach(([heading, text], i) => {
    putText(page, 50, y + 4, `第${i + 1}条${heading}`, { size: 10, bold: true });
    y = putParagraph(page, 62, y + 20, 483, text ?? '', 9.5);
  });
  y = putParagraph(
    page,
    50,
    y + 8,
    495,
    `　この契約の成立を証するため、本書${others.length + 1}通を作成し、${names.slice(0, others.length + 1).join('・')}が署名押印のうえ、各1通を保有する。`,
    9.5,
  );
  putText(page, 50, y + 8, `契約日　${wareki(o.date)}`, { size: 10 });
  const signed = o.signed ?? true;
  y = signature(page, y + 30, '（甲）利用者', p.address, signed ? p.name : '', p.name, signed);
  others.forEach((other, i) => {
    y = signature(
      page,
      y,
      `（${names[i + 1]}）${other.role}`,
      other.body,
      `${other.by}　見本 代表`,
      '代表 ',
      signed,
    );
  });
  return [page];
}

function signature(
  page: Page,
  y: number,
  role: string,
  line: string,
  name: string,
  seal: string,
  signed: boolean,
): number {
  putText(page, 70, y, role, { size: 9.5 });
  putText(page, 90, y + 15, line, { size: 9.5 });
  putText(page, 90, y + 30, `氏名　${name}　印`, { size: 9.5 });
  if (signed) putSeal(page, 330, y + 34, seal);
  return y + 50;
}

/** 重要事項説明書, with the user's consent. */
export function juyoJiko(
  c: Case,
  o: { office: Body; date: string; kind: string; center?: Body; signed?: boolean },
): Page[] {
  const page = newPage();
  let y = putTitle(page, 40, '重要事項説明書');
  y = putParagraph(page, 50, y, 495, `（${o.kind}）`, 9);
  const items = [
    [
      '1 事業者',
      `名称　${o.office.name}　　事業所番号　${o.office.number}\n所在地　${o.office.address}　電話　${o.office.phone}`,
    ],
    [
      '2 事業の目的及び運営の方針',
      '利用者が可能な限り居宅において自立した日常生活を営むことができるよう、目標志向の計画を作成する。',
    ],
    ['3 職員の体制', '管理者 1名、担当職員 2名'],
    ['4 営業日及び営業時間', '月曜日から金曜日まで　8時30分から17時15分まで（祝日及び年末年始を除く）'],
    ['5 利用料', '介護保険から全額給付されるため、自己負担はない。'],
    ['6 複数の事業者の紹介', '利用者は、複数の指定介護予防サービス事業者等の紹介を求めることができる。'],
    ['7 入院時の連絡', '入院したときは、担当職員の氏名及び連絡先を病院又は診療所に伝えるよう求める。'],
    ['8 苦情の窓口', `${o.office.name}　電話 ${o.office.phone}　／　${c.city.name} 介護保険担当課`],
    ['9 事故発生時の対応', '事故が発生したときは、速やかに市及び家族に連絡し、必要な措置を講じる。'],
    ['10 秘密の保持', '業務上知り得た秘密を守り、個人情報は文書による同意を得て用いる。'],
    [
      '11 区分の変更',
      `総合事業のみの利用となった場合は、地域包括支援センター${o.center ? `（${o.center.name}）` : ''}による介護予防ケアマネジメントに変わる。`,
    ],
  ];
  for (const [heading, text] of items) {
    putText(page, 50, y, heading ?? '', { size: 10, bold: true });
    y = putParagraph(page, 62, y + 15, 483, text ?? '', 9);
  }
  y = putParagraph(page, 50, y + 8, 495, '上記の重要事項について文書を交付し、説明を行いました。', 9.5);
  putText(page, 60, y, `${wareki(o.date)}　説明者　${c.office?.careManager ?? c.center.staff}`, {
    size: 9.5,
  });
  y = putParagraph(page, 50, y + 22, 495, '上記の内容の説明を受け、同意し、交付を受けました。', 9.5);
  const signed = o.signed ?? true;
  putText(page, 60, y, `${wareki(o.date)}　利用者　住所　${c.person.address}`, { size: 9.5 });
  putText(page, 60, y + 18, `　　　　　　　　氏名　${signed ? c.person.name : ''}　印`, { size: 9.5 });
  if (signed) putSeal(page, 330, y + 22, c.person.name);
  return [page];
}

/** 個人情報の使用に係る同意書: the user's, and the family's below it or on a separate page. */
export function kojinJohoDoisho(
  c: Case,
  o: { date: string; to: string; user: boolean; family: boolean; title?: string },
): Page[] {
  const page = newPage();
  const p = c.person;
  let y = putTitle(page, 40, o.title ?? '個人情報の使用に係る同意書');
  putText(page, 50, y, `（宛先）${o.to}`, { size: 10 });
  y = putParagraph(
    page,
    50,
    y + 24,
    495,
    '　私（利用者）及び私の家族の個人情報については、次に記載するところにより必要最小限の範囲内で使用することに同意します。',
    10,
  );
  const items = [
    '1 使用する目的　介護予防サービス計画に沿って円滑にサービスを提供するため、サービス担当者会議、事業者等との連絡調整等において必要な場合',
    '2 使用する範囲　サービス提供事業者、主治の医師、地域包括支援センター、市',
    '3 使用する期間　契約の期間',
    '4 条件　提供は必要最小限とし、関係する者以外に漏れることのないよう細心の注意を払うこと。会議の経過を記録しておくこと。',
  ];
  for (const item of items) y = putParagraph(page, 62, y + 4, 483, item, 9.5);
  putText(page, 60, y + 14, wareki(o.date), { size: 10 });
  y += 36;
  if (o.user) {
    putText(page, 60, y, `（利用者）住所　${p.address}`, { size: 10 });
    putText(page, 60, y + 18, `　　　　　氏名　${p.name}　印`, { size: 10 });
    putSeal(page, 330, y + 22, p.name);
    y += 46;
  }
  if (o.family) {
    putText(page, 60, y, `（家族）　住所　${p.family.address}`, { size: 10 });
    putText(page, 60, y + 18, `　　　　　氏名　${p.family.name}（続柄　${p.family.relation}）　印`, {
      size: 10,
    });
    putSeal(page, 400, y + 22, p.family.name);
  }
  return [page];
}
