import { useWords } from '../../shared/api/session.ts';
import { monthText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Select } from '../../shared/ui/select.tsx';
import type { QueueChoice, QueuePage } from './queue-query.ts';

interface Props {
  page: QueuePage;
  choice: QueueChoice;
  onChoose: (change: Partial<QueueChoice>) => void;
}

const PARTS = [
  ['open', '確認するもの'],
  ['aside', '保留中'],
  ['waiting', '助言の後、書類を待つもの'],
] as const;

/** What the list is narrowed to, each with its count. */
export function QueueFilters({ page: { counts }, choice, onChoose }: Props) {
  const kinds = useWords().reviewKinds;
  return (
    <>
      <fieldset className="parts">
        <legend className="visually-hidden">一覧の種類</legend>
        {PARTS.map(([part, label]) => (
          <Button
            key={part}
            aria-pressed={choice.part === part}
            kind={choice.part === part ? 'main' : 'normal'}
            onPress={() => onChoose({ part })}
          >
            {label} {counts.parts[part] ?? 0}
          </Button>
        ))}
      </fieldset>
      <div className="choices">
        <Count
          label="種類"
          counts={counts.kinds}
          value={choice.kind}
          name={(key) => word(kinds, key)}
          onChange={(kind) => onChoose({ kind })}
        />
        <Count
          label="事業所"
          counts={counts.offices}
          value={choice.office}
          name={(key) => key}
          onChange={(office) => onChoose({ office })}
        />
        <Count
          label="提供月"
          counts={counts.months}
          value={choice.month}
          name={monthText}
          onChange={(month) => onChoose({ month })}
        />
        <Select
          label="担当"
          options={[
            { value: '', label: 'すべて' },
            { value: 'mine', label: '自分が担当' },
            { value: 'unclaimed', label: `担当なし（${counts.unclaimed}）` },
          ]}
          value={choice.mine ? 'mine' : choice.unclaimed ? 'unclaimed' : ''}
          onChange={(who) =>
            onChoose({ mine: who === 'mine' ? '1' : '', unclaimed: who === 'unclaimed' ? '1' : '' })
          }
        />
        <Select
          label="並び順"
          options={ORDERS}
          value={choice.sort ?? 'due_date'}
          onChange={(sort) => onChoose({ sort })}
        />
      </div>
    </>
  );
}

const ORDERS = [
  { value: 'due_date', label: '期限の近い順' },
  { value: 'received_at', label: '受付の古い順' },
  { value: 'office', label: '事業所の順' },
  { value: 'insured_number', label: '被保険者番号の順' },
];

interface CountProps {
  label: string;
  counts: Record<string, number>;
  value: string | undefined;
  name: (key: string) => string;
  onChange: (key: string) => void;
}

/** A choice among the values there are. */
function Count({ label, counts, value, name, onChange }: CountProps) {
  const options = Object.entries(counts).map(([key, n]) => ({ value: key, label: `${name(key)}（${n}）` }));
  return (
    <Select
      label={label}
      options={[{ value: '', label: 'すべて' }, ...options]}
      value={value ?? ''}
      onChange={onChange}
    />
  );
}
