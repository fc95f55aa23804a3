import { useState } from 'react';
import { eraText, parseDate, parseMonth } from '../../../shared/calendar/wareki.ts';
import { TextField } from './text-field.tsx';

interface Props {
  label: string;
  /** ISO date (2026-06-01), of a month 2026-06; empty where none is chosen */
  value: string;
  onChange: (iso: string) => void;
  unit?: 'day' | 'month';
  isRequired?: boolean;
  /** what the day is for, before how it is written */
  hint?: string;
}

/** A day or a month, in 令和 or in western years as it is typed: the same in every browser, and read back in 令和. */
export function DateField({ label, value, onChange, unit = 'day', isRequired = false, hint = '' }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (value && eraText(value));
  const read = unit === 'day' ? parseDate : parseMonth;
  const change = (next: string) => {
    setTyped(next);
    onChange(read(next) ?? '');
  };
  const understood = typed !== null && value && eraText(value) !== typed ? `（${eraText(value)}）` : '';
  const isWrong = typed !== null && typed.trim() !== '' && value === '';
  return (
    <TextField
      label={label + understood}
      hint={
        hint + (unit === 'day' ? '例 令和6年5月31日、R6.5.31、2024-05-31' : '例 令和6年5月、R6.5、2024-05')
      }
      value={text}
      onChange={change}
      isRequired={isRequired}
      error={isWrong ? (unit === 'day' ? '暦にある日を書いてください' : '年と月を書いてください') : undefined}
    />
  );
}
