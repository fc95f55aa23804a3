import type { OcrTexts } from '../documents/ocr/ocr-text.ts';
import { collectBytes } from '../packet/collect-bytes.ts';
import type { EntryGroup } from '../packet/group-entries.ts';
import type { OpenedUpload } from '../packet/open-upload.ts';
import type { BesideScans, Packet, PacketFile } from '../packet/packet.ts';
import { parseCsvName } from '../packet/standard-csv-name.ts';
import { sha256 } from '../text/digest.ts';
import { joinScans } from './beside-scans.ts';
import type { Piece, SurveyedFile } from './piece.ts';
import type { PacketPlan } from './plan.ts';
import type { Spill } from './spill.ts';
import { unassignedFinding } from './split-findings.ts';
import { lostFile } from './with-my-number.ts';

/** What is done of an upload already, and what OCR read of it. */
interface Progress {
  /**
   * numbers of packets that are not wanted any more; the last of them in the order they are given is given all the
   * same, because some of its verdicts may be wanting
   */
  answered: ReadonlySet<number>;
  texts: OcrTexts | undefined;
}

/** Unpacks the planned packets, one at a time. A file of which several have a part is accounted for by the first. */
export async function* buildPackets(
  upload: OpenedUpload,
  plans: PacketPlan[],
  spill: Spill,
  { answered, texts }: Progress,
): AsyncGenerator<NumberedPacket> {
  const numbers = numbersOf(plans, upload.groups);
  const sent = upload.groups.flatMap(({ entries }) => entries.filter(({ isJunk }) => !isJunk)).length;
  const counted = new Set<SurveyedFile>();
  const build = (plan: PacketPlan): Promise<Packet> => buildPacket(upload, plan, spill, new Set());
  const { beside, given } = await joinScans(plans, build, spill, texts);
  const ordered = scansLast(plans, given.size > 0);
  const scans = plans.flatMap((plan) => plan.scans.map(({ digest }) => `scan ${digest}`)).sort();
  const lastAnswered = ordered.findLastIndex((plan) => answered.has(numbers.get(plan)!));
  for (const [i, plan] of ordered.entries()) {
    const number = numbers.get(plan)!;
    if (i < lastAnswered && answered.has(number)) {
      for (const file of sharedFiles(plan, wholeFiles(plan))) counted.add(file);
      yield { packet: null, number };
      continue;
    }
    const built = await buildPacket(upload, plan, spill, counted);
    const packet = beside.has(plan) ? besideScans(built, beside.get(plan)!, scans) : built;
    const isWholeUpload = packet.files.length + packet.rejected.length === sent;
    const handed = given.get(plan);
    yield {
      packet: { ...packet, ...(isWholeUpload && { isWholeUpload }), ...(handed && { given: handed }) },
      number,
    };
  }
}

/** The packets of persons are answered before the scans beside them are read and their papers join. */
const scansLast = (plans: PacketPlan[], isAnyBeside: boolean): PacketPlan[] =>
  isAnyBeside ? plans.toSorted((a, b) => Number(a.scans.length > 0) - Number(b.scans.length > 0)) : plans;

/** Scans that may hold its papers are of its contents: the same CSV with other scans is another packet. */
function besideScans(packet: Packet, beside: BesideScans, scans: string[]): Packet {
  if (scans.length === 0) return { ...packet, beside };
  return { ...packet, beside, digest: sha256([packet.digest, ...scans].join('\n')) };
}

async function buildPacket(
  upload: OpenedUpload,
  plan: PacketPlan,
  spill: Spill,
  counted: Set<SurveyedFile>,
): Promise<Packet> {
  const whole = wholeFiles(plan);
  const first = [...plan.pieces, ...plan.strays, ...plan.covers.map((file) => ({ file }))][0]?.file;
  const group =
    plan.kind === 'group'
      ? plan.group
      : { name: plan.name, depth: first?.group.depth ?? 0, entries: whole.map(({ entry }) => entry) };
  const packet = await upload.make(group);
  const parts = [
    ...(await partsOf(plan.pieces, whole, counted, spill, false)),
    ...(await partsOf(plan.strays, [], counted, spill, true)),
    ...(await coverParts(plan.covers, counted)),
    ...lostParts(plan.lost, counted),
  ];
  return withParts(packet, plan, parts, whole, spill);
}

/** Files of which this packet has a part. */
const sharedFiles = ({ pieces, strays, covers, lost }: PacketPlan, whole: SurveyedFile[]): SurveyedFile[] => [
  ...[...pieces, ...strays].map(({ file }) => file).filter((file) => !whole.includes(file)),
  ...covers,
  ...lost.map(({ file }) => file),
];

/** A packet, and its number in its upload. */
export interface NumberedPacket {
  /** null: it has its answer */
  packet: Packet | null;
  number: number;
}

/** A folder keeps its number among the folders, in whatever order packets are decided; what was split follows them. */
function numbersOf(plans: PacketPlan[], groups: EntryGroup[]): Map<PacketPlan, number> {
  let last = groups.length;
  return new Map(
    plans.map((plan) => [plan, plan.kind === 'group' ? groups.indexOf(plan.group) + 1 : ++last]),
  );
}

/** A part of a file, and its line in the packet's digest. */
interface Part {
  file: PacketFile;
  surveyed: SurveyedFile;
  line: string;
}

/** Files of which this packet has every piece. */
function wholeFiles(plan: PacketPlan): SurveyedFile[] {
  if (plan.kind === 'group') return plan.files;
  const own = Map.groupBy(plan.pieces, ({ file }) => file);
  return [...own].filter(([file, pieces]) => pieces.length === file.pieces.length).map(([file]) => file);
}

async function partsOf(
  pieces: Piece[],
  whole: SurveyedFile[],
  counted: Set<SurveyedFile>,
  spill: Spill,
  isStray: boolean,
): Promise<Part[]> {
  const parts: Part[] = [];
  for (const [surveyed, own] of Map.groupBy(pieces, ({ file }) => file)) {
    if (whole.includes(surveyed)) continue;
    const isCsv = own.some(({ rows }) => rows);
    const part = isCsv ? await csvPart(surveyed, own, spill) : pagesPart(surveyed, own, spill);
    const isFirst = !counted.has(surveyed);
    counted.add(surveyed);
    const persons = new Set(own.map(({ number }) => number)).size;
    const isShared = surveyed.csv?.isOfProvider === true && own.length < surveyed.pieces.length;
    const stray = isStray ? { stray: { persons, isShared } } : {};
    parts.push({
      surveyed,
      line: `${isStray ? 'stray ' : ''}${part.line}`,
      file: { ...part.file, part: { ...part.file.part, isFirst, ...stray } },
    });
  }
  return parts;
}

/** Files of one packet that were put out at another time have another rank: an export made again has the same. */
function withRanks(parts: Part[]): Part[] {
  const names = parts.map(({ file }) => (file.part?.rows ? parseCsvName(file.path) : null));
  const stamps = [...new Set(names.flatMap((name) => name?.stamp ?? []))].sort();
  return parts.map((part, i) => {
    const name = names[i];
    if (!name) return part;
    const { type, month, from, to, stamp } = name;
    return { ...part, line: [type, month, from, to, stamps.indexOf(stamp), part.line].join(' ') };
  });
}

interface PartOfFile {
  file: PacketFile;
  line: string;
}

/** The records of one person, in the order of the file; a header goes with every part. */
async function csvPart(surveyed: SurveyedFile, pieces: Piece[], spill: Spill): Promise<PartOfFile> {
  const { header = null, bytes = null, encoding = '', months = [] } = surveyed.csv ?? {};
  const spans = pieces.flatMap(({ rows }) => rows ?? []).sort((a, b) => a.byte - b.byte);
  const all = [...(header ? [header] : []), ...spans];
  const read = async (): Promise<Buffer> =>
    bytes
      ? Buffer.concat(
          await Promise.all(all.map(({ byte, size }) => spill.read({ byte: bytes.byte + byte, size }))),
        )
      : bytesOf(surveyed);
  const digest = sha256(await read());
  const { path } = surveyed.entry;
  const size = all.reduce((sum, span) => sum + span.size, 0);
  const rows = { encoding, spans: all, ...(months.length > 1 && { months }) };
  return { file: { path, digest, size, read, part: { isFirst: false, rows } }, line: digest };
}

/**
 * The pages of one person. They are known by what they show, so that an export printed again gives the same packets; pictures among
 * them are read from the whole file, whose digest names their text.
 */
function pagesPart(surveyed: SurveyedFile, pieces: Piece[], spill: Spill): PartOfFile {
  const { entry, digest, size } = surveyed;
  const pages = pieces.flatMap((piece) => piece.pages ?? []);
  const file: PacketFile = {
    ...{ path: entry.path, digest: digest ?? '', size },
    read: async () => bytesOf(surveyed),
    ...(pages.length > 0 && { documents: () => documentsOf(pieces, spill) }),
    part: { isFirst: false, ...(pages.length > 0 && { pages }) },
  };
  const shown = pieces.flatMap(({ content }) => content ?? []);
  const line = shown.length === pieces.length ? shown.join('\n') : `${digest}\n${JSON.stringify(pages)}`;
  return { file, line: sha256(line) };
}

const bytesOf = ({ entry }: SurveyedFile): Promise<Buffer> => collectBytes(entry.bytes(false));

async function documentsOf(pieces: Piece[], spill: Spill): Promise<string> {
  const stored = pieces.flatMap(({ document }) => document ?? []);
  const texts = await Promise.all(stored.map((one) => spill.read(one)));
  return `[${texts.map((text) => text.toString()).join(',')}]`;
}

/** The cover of a folder, which goes with every packet in it. */
const coverParts = (covers: SurveyedFile[], counted: Set<SurveyedFile>): Part[] =>
  covers.map((surveyed) => {
    const { entry, digest, size } = surveyed;
    const isFirst = !counted.has(surveyed);
    counted.add(surveyed);
    const file = { path: entry.path, digest: digest ?? '', size, read: () => bytesOf(surveyed) };
    return { surveyed, line: `packet.json ${digest}`, file: { ...file, part: { isFirst } } };
  });

/** Files with a 個人番号 in which the person had papers: known by their digest, which stays when they are gone. */
const lostParts = (lost: PacketPlan['lost'], counted: Set<SurveyedFile>): Part[] =>
  lost.map(({ file: surveyed, person }) => {
    const isFirst = !counted.has(surveyed);
    counted.add(surveyed);
    return { surveyed, line: `withdrawn ${surveyed.digest}`, file: lostFile(surveyed, person, isFirst) };
  });

function withParts(
  packet: Packet,
  plan: PacketPlan,
  parts: Part[],
  whole: SurveyedFile[],
  spill: Spill,
): Packet {
  const read = new Map(whole.map((file) => [file.entry.path, file.pieces]));
  const files = packet.files.map((file) => {
    const pieces = read.get(file.path)?.filter(({ document }) => document) ?? [];
    return pieces.length > 0 ? { ...file, documents: () => documentsOf(pieces, spill) } : file;
  });
  const own = parts.filter(({ file }) => file.part?.isFirst);
  const entries = own.map(({ surveyed: { entry, digest, size } }) => ({
    ...{ at: entry.at, path: entry.path, digest, size },
    ...(entry.isNumbered && { isNumbered: true }),
  }));
  const lines = withRanks(parts)
    .map(({ line }) => line)
    .sort();
  return {
    ...packet,
    digest: parts.length > 0 ? sha256([packet.digest, ...lines].join('\n')) : packet.digest,
    files: [...files, ...parts.map(({ file }) => file)],
    findings: [...packet.findings, ...(plan.kind === 'rest' ? [unassignedFinding(plan.unassigned)] : [])],
    entries: [...(packet.entries ?? []), ...entries],
    ...(plan.kind !== 'group' && { isSplit: true }),
    ...(plan.kind === 'rest' && { isUnassigned: true }),
  };
}
