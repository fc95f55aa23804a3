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
import { drawForms } from './papers.ts';
import type { Random } from './random.ts';
import type { Print, Style } from './styles.ts';

/** The files of one packet, in the style of its office, with the file changes of its defect. Names are without the folder. */
export async function writePacket(d: Dossier, style: Style, random: Random): Promise<SampleFile[]> {
  const named: Dossier = { ...d, c: { ...d.c, person: withSpace(d.c.person, style.nameSpace) } };
  const files: SampleFile[] = [
    ...printedBy(style.habits, () => csvOf(named, style)),
    ...(d.csvOnly ? [] : await pdfOf(named, style, random)),
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

async function pdfOf(d: Dossier, style: Style, random: Random): Promise<SampleFile[]> {
  const forms = printedBy(style.habits, () => drawForms(d));
  if (forms.length === 0) return [];
  if (style.bundle) {
    const name = style.file('提出書類一式', d.c, 1);
    return [
      {
        name,
        bytes: await print(
          forms.flatMap((f) => f.pages),
          '提出書類一式',
          style.print,
          random,
        ),
      },
    ];
  }
  const files: SampleFile[] = [];
  for (const [i, form] of forms.entries())
    files.push({
      name: style.file(form.name, d.c, i + 1),
      bytes: await print(form.pages, form.name, style.print, random),
    });
  return distinct(files);
}

/** Two forms of one title (二つの個別サービス計画書) do not share a file name. */
function distinct(files: SampleFile[]): SampleFile[] {
  const seen = new Map<string, number>();
  return files.map((file) => {
    const times = (seen.get(file.name) ?? 0) + 1;
    seen.set(file.name, times);
    return times === 1 ? file : { ...file, name: file.name.replace(/(\.\w+)$/, ` (${times})$1`) };
  });
}

async function print(pages: Page[], title: string, how: Print, random: Random): Promise<Uint8Array> {
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

const coverFile = (cover: Record<string, unknown>): SampleFile => ({
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
