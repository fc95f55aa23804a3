import type { Case } from '../model.ts';
import { wareki } from '../model.ts';
import type { Page } from '../page.ts';
import { label, newPage, putTable, putText, putTitle, tick } from '../page.ts';

/** The 25 questions and the answer that counts 1 (はい or いいえ); 12 is the BMI. */
const QUESTIONS: [string, 'はい' | 'いいえ'][] = [
  ['バスや電車で1人で外出していますか', 'いいえ'],
  ['日用品の買物をしていますか', 'いいえ'],
  ['預貯金の出し入れをしていますか', 'いいえ'],
  ['友人の家を訪ねていますか', 'いいえ'],
  ['家族や友人の相談にのっていますか', 'いいえ'],
  ['階段を手すりや壁をつたわらずに昇っていますか', 'いいえ'],
  ['椅子に座った状態から何もつかまらずに立ち上がっていますか', 'いいえ'],
  ['15分位続けて歩いていますか', 'いいえ'],
  ['この1年間に転んだことがありますか', 'はい'],
  ['転倒に対する不安は大きいですか', 'はい'],
  ['6か月間で2～3kg以上の体重減少がありましたか', 'はい'],
  ['身長 150cm　体重 50kg（BMI＝22.2）　BMIが18.5未満ですか', 'はい'],
  ['半年前に比べて固いものが食べにくくなりましたか', 'はい'],
  ['お茶や汁物等でむせることがありますか', 'はい'],
  ['口の渇きが気になりますか', 'はい'],
  ['週に1回以上は外出していますか', 'いいえ'],
  ['昨年と比べて外出の回数が減っていますか', 'はい'],
  ['周りの人から「いつも同じ事を聞く」などの物忘れがあると言われますか', 'はい'],
  ['自分で電話番号を調べて、電話をかけることをしていますか', 'いいえ'],
  ['今日が何月何日かわからない時がありますか', 'はい'],
  ['（ここ2週間）毎日の生活に充実感がない', 'はい'],
  ['（ここ2週間）これまで楽しんでやれていたことが楽しめなくなった', 'はい'],
  ['（ここ2週間）以前は楽にできていたことが今ではおっくうに感じられる', 'はい'],
  ['（ここ2週間）自分が役に立つ人間だと思えない', 'はい'],
  ['（ここ2週間）わけもなく疲れたような感じがする', 'はい'],
];

/** 基本チェックリスト: 「1」 is printed beside はい or いいえ as on the form, ■ marks the answer. */
export function kihonChecklist(c: Case): Page[] {
  const page = newPage();
  const p = c.person;
  let y = putTitle(page, 30, '基本チェックリスト');
  y = putTable(
    page,
    40,
    y,
    [60, 200, 60, 195],
    [
      [label('記入日'), wareki(p.checklist.date), label('被保険者番号'), p.insured],
      [label('氏名'), p.name, label('生年月日'), wareki(p.birth)],
      [label('住所'), p.address, label('希望するサービス内容'), c.planned.map((s) => s.name).join('、')],
    ],
    { minHeight: 20 },
  );
  putTable(
    page,
    40,
    y + 6,
    [28, 357, 130],
    [
      [label('No.'), label('質問項目'), label('回答（いずれかに印）')],
      ...QUESTIONS.map(([question, counts], i) => {
        const hit = p.checklist.hits.includes(i + 1);
        const answer = hit ? counts : counts === 'はい' ? 'いいえ' : 'はい';
        const option = (name: 'はい' | 'いいえ') =>
          `${tick(answer === name)}${name === counts ? 1 : 0}.${name}`;
        return [
          { text: String(i + 1), align: 'center' as const },
          question,
          { text: `${option('はい')}　${option('いいえ')}`, align: 'center' as const },
        ];
      }),
    ],
    { size: 8, minHeight: 23 },
  );
  putText(
    page,
    40,
    780,
    `合計　${p.checklist.hits.length}／25　（1～20の合計　${p.checklist.hits.filter((n) => n <= 20).length}／20）`,
    {
      size: 9,
    },
  );
  return [page];
}
