import type { FactShape } from '../../../shared/vocabulary/fact-shapes.ts';
import { DateField } from '../ui/date-field.tsx';
import { Select } from '../ui/select.tsx';
import { TextField } from '../ui/text-field.tsx';

/** A fact that a person may state: what it is called, and how it is written. */
export interface AskedFact {
  label: string;
  shape: FactShape;
  /** that may be chosen, where the shape is `word` */
  words: readonly { key: string; name: string }[];
}

const YES_NO = [
  { value: 'yes', label: 'はい' },
  { value: 'no', label: 'いいえ' },
];

const ENTERED: readonly FactShape[] = ['yes_no', 'word', 'date', 'month', 'number', 'text'];

/** A fact of another shape has too many parts for a field. */
export const hasField = ({ shape }: Pick<AskedFact, 'shape'>): boolean => ENTERED.includes(shape);

interface Props {
  fact: AskedFact;
  /** as it is entered; empty where nothing is */
  value: string;
  onChange: (value: string) => void;
}

/** The field a fact is entered in, by its shape. */
export function FactField({ fact: { label, shape, words }, value, onChange }: Props) {
  if (shape === 'date' || shape === 'month')
    return (
      <DateField label={label} unit={shape === 'date' ? 'day' : 'month'} value={value} onChange={onChange} />
    );
  if (shape !== 'yes_no' && shape !== 'word')
    return <TextField label={label} value={value} onChange={onChange} />;
  const options = shape === 'yes_no' ? YES_NO : words.map(({ key, name }) => ({ value: key, label: name }));
  return <Select label={label} options={options} value={value || null} onChange={onChange} />;
}

/** The value of a fact as it was entered. */
export function enteredValue({ shape }: Pick<AskedFact, 'shape'>, entered: string): unknown {
  if (shape === 'yes_no') return entered === 'yes';
  return shape === 'number' ? Number(entered) : entered.trim();
}

/** A value as a field shows it; empty where it is none, or has too many parts. */
export function enteredText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
