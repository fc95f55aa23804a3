import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useNavigate } from 'react-router';
import { MonthChoice } from '../../shared/places/place-choice.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Select } from '../../shared/ui/select.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { trendQuery } from '../numbers/numbers-queries.ts';
import { EditedTable } from './edited-table.tsx';
import { InForce } from './in-force.tsx';
import { beginReplay, editedRules } from './replay-queries.ts';
import { ruleTexts, withRuleText } from './rule-texts.ts';

const WHOLE = 'whole';

interface Props {
  city: string;
  /** the profile in force, as YAML */
  inForce: string;
  file: string;
}

/** One rule, or the whole file, as text; what differs is shown before anything is asked of the desk. */
export function EditRules({ city, inForce, file }: Props) {
  const [yaml, setYaml] = useState(inForce);
  const [chosen, setChosen] = useState<string | null>(null);
  const check = useMutation({ mutationFn: () => editedRules(city, yaml) });
  const edit = (text: string) => {
    setYaml(text);
    check.reset();
  };
  const rules = useMemo(() => ruleTexts(yaml), [yaml]);
  const rule = rules.find(({ at }) => String(at) === chosen);
  const options = [
    ...rules.map(({ at, id, summary }) => ({ value: String(at), label: `${id} ${summary}` })),
    { value: WHOLE, label: 'ファイル全体' },
  ];
  return (
    <div className="edit-rules screen-only">
      <div className="row">
        <Select label="直す規則" options={options} value={chosen} onChange={setChosen} />
        <FileTrigger
          acceptedFileTypes={['.yaml', '.yml']}
          onSelect={async (files) => {
            const picked = files?.item(0);
            if (!picked) return;
            edit(await picked.text());
            setChosen(WHOLE);
          }}
        >
          <Button>直したファイルを選ぶ</Button>
        </FileTrigger>
        {yaml !== inForce && (
          <Button kind="plain" onPress={() => edit(inForce)}>
            いまの規則に戻す
          </Button>
        )}
      </div>
      {rule && (
        <RuleField
          key={rule.at}
          label={`${rule.id} の内容（YAML）`}
          text={rule.text}
          onChange={(text) => edit(withRuleText(yaml, rule.at, text))}
        />
      )}
      {chosen === WHOLE && (
        <div className="yaml-text">
          <TextField label={`${file} の内容（YAML）`} rows={24} value={yaml} onChange={edit} />
        </div>
      )}
      <Button isDisabled={check.isPending || yaml === inForce} onPress={() => check.mutate()}>
        変わる規則を見る
      </Button>
      {check.error && <Failed error={check.error} />}
      {check.data && (
        <section aria-live="polite">
          <EditedTable rules={check.data.rules} />
          {check.data.rules.length > 0 && <Begin city={city} yaml={yaml} />}
          <InForce file={file} yaml={yaml} />
        </section>
      )}
    </div>
  );
}

/** Keeps what is typed, also while it is no YAML and the file has no such entry. */
function RuleField({
  label,
  text,
  onChange,
}: {
  label: string;
  text: string;
  onChange: (text: string) => void;
}) {
  const [typed, setTyped] = useState(text);
  return (
    <div className="yaml-text">
      <TextField
        label={label}
        rows={Math.min(24, typed.split('\n').length + 1)}
        value={typed}
        onChange={(next) => {
          setTyped(next);
          onChange(next);
        }}
      />
    </div>
  );
}

/** The months to look at, and the start. */
function Begin({ city, yaml }: { city: string; yaml: string }) {
  const navigate = useNavigate();
  const { data } = useQuery(trendQuery(city));
  const months = (data?.months ?? []).map(({ month }) => month).filter((month) => month !== 'unknown');
  const [from, setFrom] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const asked = { yaml, from: from ?? months.at(-1) ?? '', until: until ?? months[0] ?? '' };
  const beginning = useMutation({
    mutationFn: () => beginReplay(city, asked),
    onSuccess: ({ id }) => navigate(`/city/replay/${id}?${new URLSearchParams({ city })}`),
  });
  if (months.length === 0) return <p>受け付けた書類がまだないので、試すものがありません。</p>;
  return (
    <div className="row">
      <MonthChoice label="初めの提供月" months={months} month={asked.from} onChange={setFrom} />
      <MonthChoice label="終わりの提供月" months={months} month={asked.until} onChange={setUntil} />
      <Button kind="main" isDisabled={beginning.isPending} onPress={() => beginning.mutate()}>
        受け付けた書類で試す
      </Button>
      {beginning.error && <Failed error={beginning.error} />}
    </div>
  );
}
