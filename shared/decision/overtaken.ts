import { type Finding, fileFinding } from '../findings/finding.ts';
import { groupFindings } from '../findings/group-findings.ts';
import { outcomeOf } from './outcome.ts';
import type { PacketVerdict } from './verdict.ts';

/** What happened to a packet between the announcement of files that complete it and their arrival. */
export interface Overtaken {
  /** receipt number of the packet that is completed */
  base: string;
  /** receipt numbers of later versions, whose papers are not among those that are completed */
  by: string[];
  isWithdrawn: boolean;
}

/**
 * What a version says whose papers may not be those that the office means. A question: the office adds what is missing, or
 * a person sees that nothing is.
 */
export const overtakenFindings = ({ base, by, isWithdrawn }: Overtaken): Finding[] => [
  ...(by.length > 0 ? [besideOthers(base, by.join('、'))] : []),
  ...(isWithdrawn ? [onWithdrawn(base)] : []),
];

/** A verdict with it, where that was not known yet when it was decided. Null: it says so already. */
export function withOvertaken(verdict: PacketVerdict, overtaken: Overtaken): PacketVerdict | null {
  if (verdict.findings.some(({ code }) => code === 'F_PACKET_OVERTAKEN')) return null;
  const findings = groupFindings([...overtakenFindings(overtaken), ...verdict.findings]);
  return { ...verdict, findings, decision: outcomeOf(findings) };
}

const besideOthers = (base: string, others: string): Finding =>
  fileFinding(
    'F_PACKET_OVERTAKEN',
    'review',
    {},
    `この版は、受付番号 ${base} の書類に、加えた書類を合わせたものです。その間に別の版（受付番号 ${others}）を受け付けていて、その版で送られた書類は、この版に入っていません。`,
    `受付番号 ${others} で送った書類も要るときは、この版を開き、「書類を追加・差し替える」で同じファイルをもう一度加えてください。要らないときは、対応は不要です。担当者が確かめます。`,
  );

const onWithdrawn = (base: string): Finding =>
  fileFinding(
    'F_PACKET_OVERTAKEN',
    'review',
    {},
    `書類を加えた先（受付番号 ${base}）は、この書類が届く前に取り下げられていました。この版には、取り下げた書類も入っています。`,
    '取り下げたままにするときは、この版も取り下げてください。取り下げた書類を使わないときは、取り下げてから、必要な書類をまとめて新しい提出として送ってください。',
  );
