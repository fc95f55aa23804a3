import { Badge, type Tone } from '../../shared/ui/badge.tsx';
import { Table } from '../../shared/ui/table.tsx';
import type { RegistryChange } from './registry-queries.ts';

const LISTS: Record<RegistryChange['list'], string> = {
  head: '全体',
  areas: '圏域',
  centers: 'センター',
  offices: '事業所',
};
const CHANGES: Record<RegistryChange['change'], [Tone, string]> = {
  added: ['good', '追加'],
  removed: ['bad', '削除'],
  changed: ['wait', '変更'],
};
const FIELDS: Record<string, string> = {
  name: '名前',
  center: 'センター',
  addresses: '住所',
  postal_codes: '郵便番号',
  contact: '連絡先',
  mail: 'メール',
  mail_notices: 'メールでのお知らせ',
  correction_days: '補正の期限（日数）',
  insurer_numbers: '保険者番号',
  unit_price_yen: '1単位の単価（円）',
  kyotaku: '居宅介護支援の指定',
  yobo_shien: '介護予防支援の指定',
  commissions: '委託',
  manager_is_shunin: '管理者が主任介護支援専門員か',
  care_managers: '介護支援専門員の人数',
  special_area: '特別地域',
};

/** What an import changes, entry by entry, with the values before and after. */
export function ChangeTable({ changes }: { changes: RegistryChange[] }) {
  return (
    <Table
      label="変わるところ"
      items={changes}
      idOf={({ list, key }) => `${list} ${key}`}
      columns={[
        {
          key: 'entry',
          title: '対象',
          isRowHeader: true,
          cell: ({ list, name, key }) => `${LISTS[list]} ${name} ${key && `（${key}）`}`,
        },
        {
          key: 'change',
          title: '変わり方',
          cell: ({ change }) => <Badge tone={CHANGES[change][0]}>{CHANGES[change][1]}</Badge>,
        },
        {
          key: 'fields',
          title: '内容',
          cell: ({ fields }) =>
            fields.map(({ field, before, after }) => (
              <div key={field}>
                {FIELDS[field] ?? field}: {valueText(before)} → <strong>{valueText(after)}</strong>
              </div>
            )),
        },
      ]}
    />
  );
}

function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'なし';
  if (Array.isArray(value)) return value.length === 0 ? 'なし' : value.map(valueText).join('、');
  if (typeof value === 'object') return Object.values(value).filter(Boolean).map(valueText).join(' ');
  return typeof value === 'boolean' ? (value ? 'はい' : 'いいえ') : String(value);
}
