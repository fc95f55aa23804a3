import { useState } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import { DateField } from '../../shared/ui/date-field.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { type Detail, useAct } from './item-query.ts';
import { LetterPreview } from './letter-preview.tsx';
import { Sentences } from './sentences.tsx';

const WAYS = [
  { key: 'confirmed', label: '確認する', needsReason: false, done: '確認を終えました。' },
  {
    key: 'advised',
    label: '助言する',
    needsReason: true,
    done: '助言を記録しました。事業所の「包括からの連絡」に届きます。',
  },
  {
    key: 'returned',
    label: '差し戻す',
    needsReason: true,
    done: '差し戻しました。事業所に不備通知書が届きます。',
  },
  { key: 'set_aside', label: '保留する', needsReason: false, done: '保留しました。' },
] as const;

/** A paper that has not come cannot be returned: the office is asked for it. */
const WAYS_OF_OVERDUE = [
  WAYS[0],
  {
    key: 'advised',
    label: '事業所に提出を求める',
    needsReason: true,
    done: '提出のお願いを記録しました。事業所の「包括からの連絡」に届きます。',
  },
  WAYS[3],
] as const;
type Way = (typeof WAYS)[number] | (typeof WAYS_OF_OVERDUE)[number];

/** How the review ends, or is put off: with a reason, and for the office with a look at its letter before. */
export function EndReview({ detail }: { detail: Detail }) {
  const [way, setWay] = useState<Way | null>(null);
  const ways = detail.item.about_packet ? WAYS_OF_OVERDUE : WAYS;
  return (
    <section className="end-review" aria-label="結果">
      <h2>結果</h2>
      <div className="answers">
        {ways.map((one) => (
          <Button
            key={one.key}
            kind={one.key === 'confirmed' ? 'main' : one.key === 'returned' ? 'danger' : 'normal'}
            aria-pressed={way?.key === one.key}
            onPress={() => setWay(one)}
          >
            {one.label}
          </Button>
        ))}
      </div>
      {way && <EndForm key={way.key} detail={detail} way={way} onDone={() => setWay(null)} />}
    </section>
  );
}

const labelOf = ({ key }: Way, { about_packet }: Detail['item']): string =>
  key !== 'advised' ? '理由' : about_packet ? '事業所への連絡' : '助言';

const sentencesFor = ({ key }: Way, { about_packet }: Detail['item']) =>
  about_packet && key === 'advised' ? 'reminded' : key;

interface FormProps {
  detail: Detail;
  way: Way;
  onDone: () => void;
}

function EndForm({ detail: { item, sentences }, way, onDone }: FormProps) {
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const [isPreviewed, setPreviewed] = useState(false);
  const close = useAct(item.packet_id, 'close');
  const setAside = useAct(item.packet_id, 'setAside');
  const { done } = way;
  const send = () =>
    way.key === 'set_aside'
      ? setAside.mutate({ json: { until, reason }, done }, { onSuccess: onDone })
      : close.mutate({ json: { decision: way.key, reason }, done }, { onSuccess: onDone });
  const isReady = way.key === 'set_aside' ? until !== '' : !way.needsReason || reason.trim() !== '';
  const error = close.error ?? setAside.error;
  return (
    <div className="card">
      <Sentences
        sentences={sentences.filter((one) => one.for === sentencesFor(way, item))}
        onChoose={(text) => setReason((before) => (before ? `${before}\n${text}` : text))}
      />
      {way.key === 'set_aside' && <DateField label="いつまで" isRequired value={until} onChange={setUntil} />}
      <TextField
        label={labelOf(way, item)}
        rows={4}
        isRequired={way.needsReason}
        value={reason}
        onChange={setReason}
      />
      {way.needsReason && isPreviewed && (
        <LetterPreview id={item.packet_id} decision={way.key as 'advised' | 'returned'} reason={reason} />
      )}
      {error && <Failed error={error} />}
      <div className="answers">
        {way.needsReason && !isPreviewed ? (
          <Button kind="main" isDisabled={!isReady} onPress={() => setPreviewed(true)}>
            事業所に届く文を見る
          </Button>
        ) : (
          <Button kind="main" isDisabled={!isReady || close.isPending || setAside.isPending} onPress={send}>
            {way.label}
          </Button>
        )}
        <Button onPress={onDone}>やめる</Button>
      </div>
    </div>
  );
}
