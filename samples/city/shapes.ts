import type { SampleFile } from '../lib/csv/write-csv.ts';
import type { Page } from '../lib/page.ts';
import type { ZipEntry } from '../lib/zip.ts';
import { joinCsvFiles } from './join-csv.ts';
import type { Random } from './random.ts';
import type { Style } from './styles.ts';
import { coverFile, distinct, type PacketParts, printForms, printPages } from './write-packet.ts';

/** How an office arranges a month of several people in one upload. */
export interface Shape {
  name: string;
  summary: string;
  /** all months of a care manager in one upload */
  isAllMonths: boolean;
  arrange(packets: PacketParts[], style: Style, random: Random): Promise<ZipEntry[]>;
}

/** A folder for each packet: the shape in which every fault of a file can be planted. */
export const FOLDERS = 'folders';

/** Shapes in which files hold several people, or no folder says whose a file is. */
export const BULK_SHAPES: readonly Shape[] = [
  {
    name: 'sending-unit',
    summary: 'CSVは全員分を一つずつ（標準仕様 3.6）、紙は利用者のフォルダー',
    isAllMonths: false,
    arrange: async (packets, style, random) => [
      ...csvOfAll(packets),
      ...(await papersByPerson(packets, style, random, (packet) => `${personOf(packet, packets)}/`)),
      ...covers(packets),
    ],
  },
  {
    name: 'one-pdf',
    summary: 'CSVは全員分、紙は全員分を一つのPDF',
    isAllMonths: false,
    arrange: async (packets, style, random) => {
      const pages = packets.flatMap(({ forms }) => forms.flatMap((form) => form.pages));
      return [...csvOfAll(packets), ...(await paper('提出書類', pages, style, random)), ...covers(packets)];
    },
  },
  {
    name: 'pdf-by-form',
    summary: 'CSVは全員分、紙は様式ごとに全員分を一つのPDF',
    isAllMonths: false,
    arrange: async (packets, style, random) => {
      const forms = packets.flatMap((packet) => packet.forms);
      const entries: ZipEntry[] = [];
      for (const [name, own] of Map.groupBy(forms, (form) => form.name))
        entries.push(
          ...(await paper(
            name,
            own.flatMap(({ pages }) => pages),
            style,
            random,
          )),
        );
      return [...csvOfAll(packets), ...entries, ...covers(packets)];
    },
  },
  {
    name: 'by-form',
    summary: '様式ごとのフォルダーに、利用者の名前のファイル',
    isAllMonths: false,
    arrange: async (packets, style, random) => {
      const entries: ZipEntry[] = [];
      for (const packet of packets)
        for (const form of packet.forms)
          entries.push(
            ...(await paper(`${form.name}/${personOf(packet, packets)}`, form.pages, style, random)),
          );
      return [...under('データ/', csvOfAll(packets)), ...distinctPaths(entries), ...covers(packets)];
    },
  },
  {
    name: 'loose',
    summary: 'フォルダーなし。CSVもPDFも利用者ごとのファイルで並ぶ',
    isAllMonths: false,
    arrange: async (packets, style, random) => [
      ...distinctPaths(packets.flatMap(({ csv }, i) => csv.map((file) => at('', withSerial(file, i))))),
      ...distinctPaths(
        await papersByPerson(packets, style, random, (packet) => `${personOf(packet, packets)}_`),
      ),
      ...covers(packets),
    ],
  },
  {
    name: 'months',
    summary: '何か月分もを一度に。月のフォルダーに全員分のCSVと、利用者ごとの紙',
    isAllMonths: true,
    arrange: async (packets, style, random) => {
      const entries: ZipEntry[] = [];
      for (const [month, own] of Map.groupBy(packets, ({ dossier }) => dossier.month.month))
        entries.push(
          ...under(`${month}/`, csvOfAll(own)),
          ...under(
            `${month}/`,
            await papersByPerson(own, style, random, (packet) => `${personOf(packet, own)}/`),
          ),
          ...under(`${month}/`, covers(own)),
        );
      return entries;
    },
  },
];

/** `folders` first, which has no arrangement of its own. */
export const shapeNames = (): string[] => [FOLDERS, ...BULK_SHAPES.map(({ name }) => name)];

/** 標準仕様 3.6: one file of each kind holds all users of a sending unit. */
const csvOfAll = (packets: PacketParts[]): ZipEntry[] =>
  joinCsvFiles(packets.flatMap(({ csv }) => csv)).map((file) => at('', file));

async function papersByPerson(
  packets: PacketParts[],
  style: Style,
  random: Random,
  prefix: (packet: PacketParts) => string,
): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for (const packet of packets)
    for (const file of await printForms(packet, style, random)) entries.push(at(prefix(packet), file));
  return entries;
}

async function paper(name: string, pages: Page[], style: Style, random: Random): Promise<ZipEntry[]> {
  return pages.length === 0
    ? []
    : [{ path: `${name}.pdf`, bytes: await printPages(pages, name, style.print, random) }];
}

/** What no paper shows; a folder for each, because all have one name. */
const covers = (packets: PacketParts[]): ZipEntry[] =>
  packets.flatMap(({ dossier: { cover, month } }) =>
    cover ? [at(`送付票/${month.person.insured}_${month.month}/`, coverFile(cover))] : [],
  );

/** The name, and the number where two people of the upload share it. */
function personOf({ dossier }: PacketParts, packets: PacketParts[]): string {
  const { name, insured } = dossier.month.person;
  const isShared = packets.some(
    ({ dossier: { month } }) => month.person.name === name && month.person.insured !== insured,
  );
  const plain = name.replace(/\s/g, '');
  return isShared ? `${plain}_${insured}` : plain;
}

const at = (folder: string, { name, bytes }: SampleFile): ZipEntry => ({ path: `${folder}${name}`, bytes });

const under = (folder: string, entries: ZipEntry[]): ZipEntry[] =>
  entries.map(({ path, bytes }) => ({ path: `${folder}${path}`, bytes }));

/** Files put out one after the other have another second in their name. */
const withSerial = (file: SampleFile, serial: number): SampleFile => ({
  ...file,
  name: file.name.replace(/\d{2}(\.CSV)$/, `${String(serial % 60).padStart(2, '0')}$1`),
});

const distinctPaths = (entries: ZipEntry[]): ZipEntry[] =>
  distinct(entries.map(({ path, bytes }) => ({ name: path, bytes }))).map((file) => at('', file));
