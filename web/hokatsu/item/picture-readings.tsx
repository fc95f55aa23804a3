import { useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import { Place } from '../../shared/findings/place.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { Crop } from '../documents/crop.tsx';
import { type Item, useAct } from './item-query.ts';
import type { PartProps } from './part-props.ts';

type Reading = NonNullable<Item['findings'][number]['readings']>[number];

/** What was read from pictures: the crop beside the value; Enter confirms it, or corrects it where it was changed. */
export function PictureReadings({ detail: { item }, mayAct, onOpen }: PartProps) {
  const readings = item.findings.flatMap((finding) => finding.readings ?? []);
  const act = useAct(item.packet_id, 'answer');
  if (readings.length === 0) return null;
  const confirm = (reading: Reading, value: string) =>
    act.mutate({
      json: { answers: [answerOf(reading, value)] },
      done: `「${reading.label}」を記録しました。判定し直します。`,
    });
  return (
    <section>
      <h2>画像から読み取った値</h2>
      <p className="soft">画像と見比べ、合っていれば Enter、違えば直して Enter を押してください。</p>
      {act.error && <Failed error={act.error} />}
      <ul className="readings">
        {readings.map((reading) => (
          <li key={`${reading.digest} ${reading.field} ${JSON.stringify(reading.where)}`}>
            <Crop packetId={item.packet_id} mark={{ where: reading.where, label: reading.label }} />
            <ReadingForm
              reading={reading}
              isDisabled={!mayAct || act.isPending}
              onConfirm={(value) => confirm(reading, value)}
            />
            <Place where={reading.where} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One value may be corrected; several are confirmed together. */
function answerOf({ digest, field, values }: Reading, value: string) {
  const isOne = values.length === 1;
  return {
    kind: 'reading' as const,
    ...{ digest, field },
    read: isOne ? values[0]! : '*',
    value: isOne ? value : '*',
  };
}

interface FormProps {
  reading: Reading;
  isDisabled: boolean;
  onConfirm: (value: string) => void;
}

function ReadingForm({ reading: { label, values }, isDisabled, onConfirm }: FormProps) {
  const [value, setValue] = useState(values.join('、'));
  return (
    <Form
      className="reading-form"
      onSubmit={(event) => {
        event.preventDefault();
        onConfirm(value.trim());
      }}
    >
      <TextField
        className="field"
        value={value}
        onChange={setValue}
        isReadOnly={values.length !== 1}
        isRequired
      >
        <Label>{label}</Label>
        <Input />
      </TextField>
      <Button type="submit" isDisabled={isDisabled}>
        {value === values.join('、') ? '合っている' : '直す'}
      </Button>
    </Form>
  );
}
