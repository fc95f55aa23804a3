import type { SampleFile } from './csv.ts';
import { beppyoFile, hosokuFile, kihonFiles, riyohyoFile, sendingOf, yoboFiles } from './csv.ts';
import type { Case } from './model.ts';
import { planner } from './model.ts';

/** One packet of a ZIP; `folder` null puts its files at the top of the ZIP (a bare packet). */
export interface SamplePacket {
  folder: string | null;
  files: SampleFile[];
}

/** One upload. `bytes` instead of packets for what is no ZIP at all. */
export interface SampleUpload {
  zip: string;
  names?: 'utf8' | 'cp932';
  packets: SamplePacket[];
  bytes?: Uint8Array;
}

/** 送付票: what the files cannot say. Keys are those of the fact vocabulary and of the registers. */
export function coverSheet(c: Case, said: Record<string, unknown>): SampleFile {
  const sheet = {
    office_number: planner(c).number,
    center_number: c.center.number,
    insurer_number: c.city.insurer,
    insured_number: c.person.insured,
    name: c.person.name,
    service_month: c.month,
    ...said,
  };
  return { name: 'packet.json', bytes: Buffer.from(`${JSON.stringify(sheet, null, 2)}\n`, 'utf8') };
}

export type CsvSet = 'kihon' | 'plan' | 'riyohyo' | 'jisseki';

/** The CSV files of one sending unit (標準仕様 3.4), in the order the standard lists them. */
export function csvFiles(c: Case, stamp: string, sets: CsvSet[]): SampleFile[] {
  const s = sendingOf(c, stamp);
  return [
    ...(sets.includes('kihon') ? kihonFiles([c], s) : []),
    ...(sets.includes('plan') ? yoboFiles([c], s) : []),
    ...(sets.includes('riyohyo')
      ? [riyohyoFile([c], s, 'UPPLAN'), beppyoFile([c], s), hosokuFile([c], s)]
      : []),
    ...(sets.includes('jisseki') ? [riyohyoFile([c], s, 'UPJSK')] : []),
  ];
}

/** A month of a case, with the usual dates of a six-month plan that began in it unless told otherwise. */
export function monthOf(base: Omit<Case, 'used' | 'month'>, month: string, used: Case['used']): Case {
  return { ...base, month, used };
}
