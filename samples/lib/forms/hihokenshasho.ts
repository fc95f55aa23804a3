import type { Case } from '../model.ts';
import { wareki } from '../model.ts';
import type { Page } from '../page.ts';
import { label, newPage, putTable, putText, putTitle } from '../page.ts';

/** A copy of a 介護保険被保険者証 that was never issued. */
export function hihokenshasho(c: Case): Page[] {
  const page = newPage();
  const p = c.person;
  const isCertified = p.certification !== '事業対象者';
  putText(page, 470, 30, '（写し・見本）', { size: 9 });
  let y = putTitle(page, 50, '介護保険被保険者証', 14);
  y = putTable(
    page,
    60,
    y,
    [110, 150],
    [
      [label('被保険者番号'), { text: p.insured, size: 12 }],
      [label('住所'), p.address],
      [label('フリガナ'), p.kana],
      [label('氏名'), { text: p.name, size: 12 }],
      [label('生年月日'), wareki(p.birth)],
      [label('性別'), p.sex],
      [label('交付年月日'), wareki(p.certDecided)],
      [label('保険者番号並びに保険者の名称及び印'), `${c.city.insurer}\n${c.city.name}　印`],
    ],
    { size: 9, minHeight: 24 },
  );
  putTable(
    page,
    330,
    82,
    [90, 130],
    [
      [label('要介護状態区分等'), { text: p.certification, size: 11 }],
      [
        label('認定年月日（事業対象者の場合は、基本チェックリスト実施日）'),
        wareki(isCertified ? p.certDecided : p.checklist.date),
      ],
      [label('認定の有効期間'), isCertified ? `${wareki(p.certFrom)}～${wareki(p.certTo)}` : ''],
      [label('居宅サービス等'), isCertified ? '区分支給限度基準額' : ''],
      [label('認定審査会の意見及びサービスの種類の指定'), ''],
      [
        label(
          '居宅介護支援事業者若しくは介護予防支援事業者及びその事業所の名称又は地域包括支援センターの名称',
        ),
        c.office && c.planKind === 1 && !c.commissioned ? c.office.name : c.center.name,
      ],
      [label('届出年月日'), wareki(c.planDate)],
    ],
    { size: 8, minHeight: 24 },
  );
  return [page];
}
