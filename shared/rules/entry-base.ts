import * as z from 'zod';
import { FINDING_CODES, type FindingCode } from '../findings/finding-codes.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../vocabulary/document-kinds.ts';
import { conditionSchema } from './conditions.ts';

/** An entry of one template: the fields every rule has, and those of the template. */
export const entryOf = <N extends string, S extends z.ZodRawShape>(template: N, fields: S) =>
  z.strictObject({ template: z.literal(template), ...base, ...fields });

export const ruleId = z.string().regex(/^[A-Z]{3}-[A-Z]?\d{2,3}$/, '規則番号の形が違います（例 MIT-R10）');
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '日付は YYYY-MM-DD で書きます');
export const documentKey = z.enum(Object.keys(DOCUMENT_KINDS) as [DocumentKind, ...DocumentKind[]], {
  error: '知らない書類の種類です（vocabulary/document-kinds.ts）',
});
export const periodSchema = z.strictObject({
  days: z.number().int().optional(),
  weeks: z.number().int().optional(),
  months: z.number().int().optional(),
  years: z.number().int().optional(),
});

/** A value the city must supply: the key of its configuration. */
export const configured = z.string().regex(/^config\.\w+$/, '市の設定は config.名前 と書きます');

/** The path of the configuration a field reads, where it names one. */
export const configuredPath = (value: unknown): string[] =>
  typeof value === 'string' && value.startsWith('config.') ? [value] : [];

const findingCode = z
  .enum(Object.keys(FINDING_CODES) as [FindingCode, ...FindingCode[]], {
    error: '知らない指摘コードです（findings/finding-codes.ts）',
  })
  .describe('指摘コード（docs/finding-codes.md）');

/** What the office reads where the rule is violated. The template fills `{…}` in the sentences. */
export const violationSchema = z.strictObject({
  code: findingCode,
  severity: z
    .enum(['error', 'warn', 'review', 'info'])
    .describe('error 返戻 / warn 注意 / review 要確認 / info お知らせ'),
  message: z.string().min(1).describe('事業所に伝える、何がどう違うか'),
  remedy: z.string().min(1).describe('事業所に伝える、直し方'),
  for_office: z
    .strictObject({ code: findingCode, message: z.string().min(1), remedy: z.string().min(1) })
    .optional()
    .describe(
      'ほかの事業所のことに触れる指摘で、事業所が代わりに読む文。書けば、元の文は包括と市だけが読み、ほかに不備や確認のある事業所はどちらも読まない',
    ),
});
export type Violation = z.infer<typeof violationSchema>;

/** What the reviewer looks at: one question, or several that are answered one by one. */
export const checklistSchema = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(2)])
  .describe('審査する人が確かめること（一つずつ答えるものは一覧で）');

/** `NAT-117`, or one entry of it by its part: `NAT-117（事業対象者）`. */
const replacedRule = z
  .string()
  .regex(/^[A-Z]{3}-[A-Z]?\d{2,3}(（.+）)?$/, '規則番号か、規則番号（呼び名）を書きます');

const base = {
  id: ruleId,
  part: z.string().optional().describe('一つの規則を分けて書くときの呼び名'),
  place: z.string().min(1).describe('出典の中の場所（条・項・号、問の番号、見出し）。なければ読み込まない'),
  source: z.string().optional().describe('この市の資料でない出典（sources の名）'),
  confirmed_by: z
    .strictObject({ source: z.string(), place: z.string() })
    .optional()
    .describe('裏づけとした資料（sources の名と場所）。指摘には出さない'),
  summary: z.string().min(1).describe('規則を一文で'),
  from: day.optional().describe('適用の初日。なければ in_force の日。サービス提供月で選ぶ'),
  to: day.optional().describe('適用の末日'),
  grade: z
    .enum(['S', 'A', 'B', 'C', 'calc', 'unconfirmed'])
    .optional()
    .describe('裏づけの確かさ S 五つの資料 / A 公的 / B 業界紙等 / C 公開プログラム / unconfirmed 未確認'),
  when: conditionSchema.optional().describe('この規則が当てはまる条件。事実が足りなければ判断しない'),
  unless: conditionSchema.optional().describe('当てはまらない場合'),
  checklist: checklistSchema.optional(),
  note: z.string().optional().describe('手引きに載せる補足'),
  lists_documents: z
    .array(documentKey)
    .default([])
    .describe('有無の指摘はせず、必要書類として挙げるだけの書類'),
  not_waivable: z
    .literal(true)
    .optional()
    .describe(
      '利用者の同意や個人情報を守る規則で、市も免除できない（同意と署名の指摘を出す規則は、書かなくても免除できない）',
    ),
  // The relations between rules (docs/decisions/0001-rules-as-data.md).
  also_judges: z.array(ruleId).default([]).describe('この項目が併せて判断する規則の番号'),
  document_set: z.string().optional().describe('書類のまとまりの名。同じ名の不足は一つの指摘になる'),
  replaces: z
    .array(replacedRule)
    .default([])
    .describe('この規則があるとき使わない全国の規則（NAT-… か NAT-…（呼び名））'),
  exempt_by: z
    .strictObject({ rule: ruleId, when: conditionSchema })
    .optional()
    .describe('この規則を外す規則（exemption）と、外す条件'),
};

const baseEntry = z.object({ template: z.string(), ...base });
/** What every entry has, whatever its template. */
export type BaseEntry = z.output<typeof baseEntry>;
