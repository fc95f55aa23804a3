import { sendingOf } from './csv/sending.ts';
import { uphosokuFile } from './csv/uphosoku.ts';
import { upkihonFiles } from './csv/upkihon.ts';
import { upplanFile } from './csv/upplan.ts';
import { upsikyuFile } from './csv/upsikyu.ts';
import { upyoboFiles } from './csv/upyobo.ts';
import type { SampleFile } from './csv/write-csv.ts';
import type { Case, Center } from './model.ts';
import { planner } from './model.ts';
import type { Page } from './page.ts';
import { embeddedPdf } from './pdf.ts';
import type { CidEncoding } from './raw-pdf.ts';
import { cidPdf, scannedPdf } from './raw-pdf.ts';

/** One packet of a ZIP; `folder` null puts its files at the top of the ZIP (a bare packet). */
export interface SamplePacket {
  folder: string | null;
  files: (SampleFile | Promise<SampleFile>)[];
}

/** One upload. `bytes` instead of packets for a file that is no ZIP. */
export interface SampleUpload {
  zip: string;
  names?: 'utf8' | 'cp932';
  packets: SamplePacket[];
  bytes?: Uint8Array;
}

/** 送付票: facts that the files cannot show. Keys are those of the fact vocabulary and of the registries. */
export function coverSheet(c: Case, facts: Record<string, unknown>): SampleFile {
  const sheet = {
    office_number: planner(c).number,
    center_number: c.center.number,
    insurer_number: c.city.insurer,
    insured_number: c.person.insured,
    name: c.person.name,
    service_month: c.month,
    ...facts,
  };
  return { name: 'packet.json', bytes: Buffer.from(`${JSON.stringify(sheet, null, 2)}\n`, 'utf8') };
}

/** The kind of a PDF: embedded glyphs, a font that is only named, or a picture. */
export type PdfKind = 'embedded' | CidEncoding | 'scan';

export async function pdf(title: string, pages: Page[], kind: PdfKind = 'embedded'): Promise<SampleFile> {
  const name = `${title}.pdf`;
  if (kind === 'embedded') return { name, bytes: await embeddedPdf(pages, title) };
  return { name, bytes: kind === 'scan' ? scannedPdf(pages, title) : cidPdf(pages, title, kind) };
}

export type CsvSet = 'kihon' | 'plan' | 'riyohyo' | 'jisseki';

/** The CSV files of one sending unit (標準仕様 3.4), in the order the standard lists them. */
export function csvFiles(c: Case, stamp: string, sets: CsvSet[], to: Center = c.center): SampleFile[] {
  const s = { ...sendingOf(c, stamp), to: to.number };
  const month = [upplanFile([c], s, 'UPPLAN'), upsikyuFile([c], s), uphosokuFile([c], s)];
  return [
    ...(sets.includes('kihon') ? upkihonFiles([c], s) : []),
    ...(sets.includes('plan') ? upyoboFiles([c], s) : []),
    ...(sets.includes('riyohyo') ? month : []),
    ...(sets.includes('jisseki') ? [upplanFile([c], s, 'UPJSK')] : []),
  ];
}

/** `0000000101_2024-05`: the folder names of the offices of these samples. */
export const folderOf = (c: Case): string => `${c.person.insured}_${c.month}`;

/** An upload of one packet in one folder. */
export const single = (zip: string, c: Case, files: SamplePacket['files']): SampleUpload => ({
  zip,
  packets: [{ folder: folderOf(c), files }],
});
