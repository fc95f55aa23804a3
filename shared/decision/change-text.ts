import { cityName } from '../profiles/cities.ts';
import type { Watch } from '../rules/rule-result.ts';
import { documentTitle } from '../vocabulary/document-kinds.ts';
import { CATEGORY_NAMES, DECISION_NAMES } from '../vocabulary/names.ts';
import { claimText, commissionText } from './billing-text.ts';
import type { EntryChange, Status, VerdictChange } from './compare-verdicts.ts';
import type { Claim, Commission } from './verdict.ts';

/** One value of a verdict that changes, in words: 「判定: 受理 → 返戻」. */
export interface FieldChange {
  label: string;
  before: string;
  after: string;
}

/** The values that change under other rules, as a clerk reads them. Names no person. */
export const fieldChanges = ({ fields, city }: Pick<VerdictChange, 'fields' | 'city'>): FieldChange[] =>
  fields.map(({ field, before, after }) => ({
    label: FIELDS[field] ?? field,
    before: valueText(field, before, city),
    after: valueText(field, after, city),
  }));

function valueText(field: string, value: unknown, city: string | null): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return 'なし';
  if (field === 'decision') return DECISION_NAMES[value as keyof typeof DECISION_NAMES];
  if (field === 'category') return CATEGORY_NAMES[value as keyof typeof CATEGORY_NAMES];
  if (field === 'deadlines')
    return (value as { what: string; due: string }[]).map(({ what, due }) => `${what} ${due}`).join('、');
  if (field.endsWith('_documents')) return (value as string[]).map(documentTitle).join('・');
  if (field === 'claim') return claimText(value as Claim, city);
  if (field === 'commission') return commissionText(value as Commission, city);
  if (field === 'watches_opened')
    return (value as Watch[]).map(({ what, due }) => `${what} ${due ?? '（指定の日から）'}`).join('、');
  if (field === 'checklist') return (value as { rule: string }[]).map(({ rule }) => rule).join('、');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The name of a city in a change; empty where the papers name none. */
export const changedCity = (city: string | null): string => (city ? cityName(city) : '');

export const RULE_STATUSES: Record<Status, string> = {
  satisfied: '守られている',
  violated: '破られている',
  checklist: '人が確かめる',
  cannot_tell: '分からない',
  not_applicable: '当てはまらない',
  absent: '規則がない',
};

export const ENTRY_CHANGES: Record<EntryChange, string> = {
  same: '',
  changed: '規則を変更',
  added: '規則を追加',
  removed: '規則を削除',
};

const FIELDS: Record<string, string> = {
  decision: '判定',
  category: '区分',
  responsible_body: '担当',
  entrusted_body: '受託',
  claimant: '請求する者',
  payer: '請求先',
  base_units: '基本の単位数',
  total_units: '単位数',
  yen: '金額',
  claim: '請求',
  watches_opened: '届くのを待つもの',
  watches_closed: '届いたもの',
  commission: '委託料',
  addons_allowed: '認める加算',
  addons_denied: '認めない加算',
  required_documents: '必要書類',
  optional_documents: '任意の書類',
  missing_documents: '足りない書類',
  notification_required: '届出の要否',
  notification_form: '届出の様式',
  notification_kind: '届出の区分',
  notification_to: '届出の提出先',
  notification_attachments: '届出の添付',
  contract_parties: '契約の当事者',
  new_contract_required: '新しい契約の要否',
  deadlines: '期限',
  checklist: '人が確かめること',
  involvement: '包括の関与',
};
