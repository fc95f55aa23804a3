import { sendingOf } from '../lib/csv/sending.ts';
import { uphosokuFile } from '../lib/csv/uphosoku.ts';
import { upkihonFiles } from '../lib/csv/upkihon.ts';
import { upplanFile } from '../lib/csv/upplan.ts';
import { upsikyuFile } from '../lib/csv/upsikyu.ts';
import { upyoboFiles } from '../lib/csv/upyobo.ts';
import type { SampleFile } from '../lib/csv/write-csv.ts';
import type { Person } from '../lib/model.ts';
import type { Page } from '../lib/page.ts';
import { embeddedPdf } from '../lib/pdf.ts';
import { printedBy } from '../lib/print-habits.ts';
import { cidPdf, scannedPdf } from '../lib/raw-pdf.ts';
import type { Dossier } from './dossier.ts';
import { acroFormPdf } from './form-pdf.ts';
import { drawForms, type Form } from './papers.ts';
import type { Random } from './random.ts';
import type { Print, Style } from './styles.ts';

/** What a packet is made of, before its files are arranged. */
export interface PacketParts {
  dossier: Dossier;
  csv: SampleFile[];
  forms: Form[];
}

/** The CSV files and forms of one packet, in the style of its office. */
export function packetParts(d: Dossier, style: Style): PacketParts {
  const named: Dossier = { ...d, c: { ...d.c, person: withSpace(d.c.person, style.nameSpace) } };
  return {
    dossier: named,
    ...printedBy(style.habits, () => ({
      csv: csvOf(named, style),
      forms: d.csvOnly ? [] : drawForms(named),
    })),
  };
}

/** The files of one packet, with the file changes of its defect. Names are without the folder. */
export async function writePacket(d: Dossier, style: Style, random: Random): Promise<SampleFile[]> {
  const parts = packetParts(d, style);
  const files: SampleFile[] = [
    ...parts.csv,
    ...(await printForms(parts, style, random)),
    ...(d.cover ? [coverFile(d.cover)] : []),
  ];
  let touched = files;
  for (const change of d.tampering) touched = await change(touched);
  return touched;
}

/** 「見本 花子」, 「見本　花子」, 「見本花子」: programs differ. */
const withSpace = (person: Person, space: string): Person => ({
  ...person,
  name: person.name.replace(' ', space),
});

/** The CSV files of one sending unit (標準仕様 3.4), in the order the standard lists them. */
function csvOf(d: Dossier, style: Style): SampleFile[] {
  const { c, csv } = d;
  const s = { ...sendingOf(c, d.stamp), to: d.to.number, habits: style.csv };
  const files: SampleFile[] = [];
  if (csv.includes('kihon')) files.push(...upkihonFiles([c], s));
  if (csv.includes('plan')) files.push(...upyoboFiles([c], s));
  if (csv.includes('riyohyo'))
    files.push(upplanFile([c], s, 'UPPLAN'), upsikyuFile([c], s), uphosokuFile([c], s));
  if (csv.includes('jisseki')) files.push(upplanFile([c], s, 'UPJSK'));
  return files;
}

/** The forms of one packet as PDFs. */
export async function printForms(
  { dossier: { c }, forms }: PacketParts,
  style: Style,
  random: Random,
): Promise<SampleFile[]> {
  if (forms.length === 0) return [];
  if (style.bundle) {
    const pages = forms.flatMap((form) => form.pages);
    const bytes = await printPages(pages, '提出書類一式', style.print, random);
    return [{ name: style.file('提出書類一式', c, 1), bytes }];
  }
  const files: SampleFile[] = [];
  for (const [i, form] of forms.entries())
    files.push({
      name: style.file(form.name, c, i + 1),
      bytes: await printPages(form.pages, form.name, style.print, random),
    });
  return distinct(files);
}

/** Two forms of one title (二つの個別サービス計画書) do not share a file name. */
export function distinct(files: SampleFile[]): SampleFile[] {
  const seen = new Map<string, number>();
  return files.map((file) => {
    const times = (seen.get(file.name) ?? 0) + 1;
    seen.set(file.name, times);
    return times === 1 ? file : { ...file, name: file.name.replace(/(\.\w+)$/, ` (${times})$1`) };
  });
}

export async function printPages(
  pages: Page[],
  title: string,
  how: Print,
  random: Random,
): Promise<Uint8Array> {
  switch (how) {
    case 'embedded':
      return embeddedPdf(pages, title);
    case 'acroform':
      return acroFormPdf(pages, title);
    case 'scan':
      return scannedPdf(pages, title, 150, {
        tilt: (random.next() - 0.5) * 0.02,
        specks: random.int(40, 300),
        next: () => random.next(),
      });
    default:
      return cidPdf(pages, title, how);
  }
}

export const coverFile = (cover: Record<string, unknown>): SampleFile => ({
  name: 'packet.json',
  bytes: Buffer.from(`${JSON.stringify(cover, null, 2)}\n`, 'utf8'),
});

/** Files that the operating system of the office adds to a ZIP. */
export function leftovers(style: Style, folder: string): { path: string; bytes: Uint8Array }[] {
  const bytes = Buffer.from('0000000142756431', 'hex');
  if (style.leftovers === 'mac')
    return [
      { path: `${folder}/.DS_Store`, bytes },
      { path: `__MACOSX/${folder}/._packet.json`, bytes },
    ];
  if (style.leftovers === 'windows') return [{ path: `${folder}/Thumbs.db`, bytes }];
  return [];
}
