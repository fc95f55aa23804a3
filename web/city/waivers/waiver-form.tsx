import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { registryQuery } from '../../shared/places/registry-query.ts';
import { today } from '../../shared/text/dates.ts';
import { Button } from '../../shared/ui/button.tsx';
import { DateField } from '../../shared/ui/date-field.tsx';
import { Select } from '../../shared/ui/select.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { say } from '../../shared/ui/toasts.tsx';
import { rulesQuery } from '../rules/rules-queries.ts';
import { grantWaiver, type WaiverDraft, waiversQuery } from './waivers-queries.ts';
import './waivers.css';

const ALL_OFFICES = 'all';

/** A new waiver. The desk checks it and says what is wrong. */
export function WaiverForm({ city, rule }: { city: string; rule: string | null }) {
  const queries = useQueryClient();
  const empty = { rule: rule ?? '', office: null, from: today(), until: '', approver: '', reason: '' };
  const [draft, setDraft] = useState<WaiverDraft>(empty);
  const set = (change: Partial<WaiverDraft>) => setDraft({ ...draft, ...change });
  const granting = useMutation({
    mutationFn: () => grantWaiver(city, draft),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries(waiversQuery(city));
      say(`免除 ${id} を登録しました。`);
      setDraft({ ...empty, rule: '' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    granting.mutate();
  };
  return (
    <form className="card waiver-form screen-only" onSubmit={submit}>
      <h2>新しい免除</h2>
      <RuleChoice city={city} rule={draft.rule} onChange={(key) => set({ rule: key })} />
      <OfficeChoice city={city} office={draft.office} onChange={(office) => set({ office })} />
      <DateField
        label="始まりの日"
        hint="この日から届いた書類。"
        isRequired
        value={draft.from}
        onChange={(from) => set({ from })}
      />
      <DateField
        label="終わりの日"
        hint="この日までに届いた書類。"
        isRequired
        value={draft.until}
        onChange={(until) => set({ until })}
      />
      <TextField
        label="決めた人"
        hint="役職と氏名"
        isRequired
        value={draft.approver}
        onChange={(approver) => set({ approver })}
      />
      <TextField
        label="理由"
        isRequired
        rows={3}
        value={draft.reason}
        onChange={(reason) => set({ reason })}
      />
      {granting.error && <Failed error={granting.error} />}
      <Button type="submit" kind="main" isDisabled={granting.isPending}>
        免除を登録する
      </Button>
    </form>
  );
}

interface RuleProps {
  city: string;
  rule: string;
  onChange: (rule: string) => void;
}

/** The rules the city may waive, each once. */
function RuleChoice({ city, rule, onChange }: RuleProps) {
  const { data } = useQuery(rulesQuery(city, null));
  const rules = new Map(
    (data?.rules ?? [])
      .filter(({ why_not_waivable }) => why_not_waivable === null)
      .map((one) => [one.rule, one.summary]),
  );
  const options = [...rules].map(([value, summary]) => ({ value, label: `${value} ${summary}` }));
  return <Select label="規則" options={options} value={rule || null} onChange={onChange} />;
}

interface OfficeProps {
  city: string;
  office: string | null;
  onChange: (office: string | null) => void;
}

function OfficeChoice({ city, office, onChange }: OfficeProps) {
  const { data } = useQuery(registryQuery(city));
  const options = [
    { value: ALL_OFFICES, label: 'すべての事業所' },
    ...(data?.offices ?? []).map(({ number, name }) => ({ value: number, label: `${name}（${number}）` })),
  ];
  return (
    <Select
      label="事業所"
      options={options}
      value={office ?? ALL_OFFICES}
      onChange={(key) => onChange(key === ALL_OFFICES ? null : key)}
    />
  );
}
