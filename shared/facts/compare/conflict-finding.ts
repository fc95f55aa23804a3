import { type Finding, fileFinding } from '../../findings/finding.ts';
import { factLabel } from '../../vocabulary/fact-labels.ts';
import type { Fact } from '../fact.ts';
import { factUse } from './fact-uses.ts';
import type { SourceReading } from './source-reading.ts';
import { valueText } from './value-text.ts';

/** Sources that disagree: which, where, what each says, which of them counted, and how to settle it. */
export function conflictFinding(path: string, sides: SourceReading[], counted: Fact | undefined): Finding {
  return fileFinding(
    'F_FACT_CONFLICT',
    'review',
    placeOf(sides),
    `${labelOf(path)}が、${sides.map((side) => sideText(path, side)).join('、')}で違います。${factUse(path)?.why ?? ''}${chosenText(counted)}`,
    remedyFor(sides),
  );
}

/** The latest of several dates counts: nothing to do, unless one of them is wrong. */
export const newestFinding = (path: string, sides: SourceReading[]): Finding =>
  fileFinding(
    'F_FACT_CONFLICT',
    'info',
    placeOf(sides),
    `${labelOf(path)}が、${sides.map((side) => sideText(path, side)).join('、')}で違います。新しい日付で審査しました。`,
    '作り直した書類で日付が新しくなったのであれば対応は不要です。誤りであれば、誤っている書類を直して出し直してください。',
  );

const labelOf = (path: string): string => `「${factUse(path)?.label ?? factLabel(path)}」`;

/** The last paper: the office takes the first for granted. The 送付票 where no paper is a side. */
const placeOf = (sides: SourceReading[]) =>
  (sides.findLast(({ source }) => source === 'document') ?? sides.findLast(({ where }) => where.file))
    ?.where ?? {};

/** A finding travels further than the documents: it never repeats what tells who the person is. */
function sideText(path: string, { place, value }: SourceReading): string {
  const text = factUse(path)?.isPersonal ? null : valueText(value);
  return text === null ? place : `${place}（${text}）`;
}

const COUNTED: Partial<Record<Fact['evidence'][number]['source'], string>> = {
  document: '書類の記載で審査しました。',
  cover: '送付票の記載で審査しました。',
  registry: '市の登録簿の内容で審査しました。',
  record: '受付の記録で審査しました。',
};

function chosenText(fact: Fact | undefined): string {
  if (!fact) return '';
  if (fact.state === 'conflicting') return 'どちらとも決めずに審査しました。';
  return COUNTED[fact.evidence[0]?.source ?? 'derived'] ?? '';
}

function remedyFor(sides: SourceReading[]): string {
  if (sides.some((side) => side.source === 'registry'))
    return '送付票の記載が誤りであれば直して出し直してください。市の登録簿のほうが古いときは、市の担当課に登録簿の変更を届け出てください。';
  if (sides.some((side) => side.source === 'record'))
    return '前月の提出内容を確かめ、送付票の記載が誤りであれば直して出し直してください。受付の記録のほうが違うときは、地域包括支援センターに連絡してください。';
  if (sides.some((side) => side.source === 'cover'))
    return 'どちらが正しいか確かめ、送付票または書類を直して出し直してください。';
  return '被保険者証など元になる書類で正しい内容を確かめ、違っている書類を直して出し直してください。';
}
