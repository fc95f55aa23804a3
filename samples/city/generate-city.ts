import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { City } from '../lib/model.ts';
import type { ZipEntry } from '../lib/zip.ts';
import { writeZip } from '../lib/zip.ts';
import { addMonths, monthOf, monthsBetween } from './calendar.ts';
import { type Batch, openDossier } from './customs/common.ts';
import { CUSTOMS } from './customs/index.ts';
import { expectFinding } from './defects/defect.ts';
import { type Defect, plantOne } from './defects/index.ts';
import { pickUploadDefect } from './defects/uploads.ts';
import { type Dossier, noPapers } from './dossier.ts';
import { livedMonths, type PersonMonth, type Seat } from './life.ts';
import { drawForms } from './papers.ts';
import { Random } from './random.ts';
import { BULK_SHAPES, FOLDERS, type Shape } from './shapes.ts';
import { STYLES, type Style } from './styles.ts';
import { buildTown, isDesignated, registryYaml, type Town } from './town.ts';
import { type TruthLine, truthLine, uploadTruth } from './truth.ts';
import { leftovers, packetParts, writePacket } from './write-packet.ts';

export interface CityOptions {
  city: City['key'];
  people: number;
  /** YYYY-MM, both included; 2024-04 or later, when direct provision began */
  from: string;
  to: string;
  seed: string;
  out: string;
  /** one style for every office, or `mixed` */
  style: string;
  /** how the packets of an upload are arranged; absent: in folders */
  shape?: string;
  /** share of the packets with a defect, 0 to 1 */
  defects: number;
  csvOnly: boolean;
  /** only these defects, by name */
  only?: string[];
  /** called after each upload */
  progress?: (done: { people: number; packets: number; uploads: number }) => void;
}

/** People of one care manager: their packets of a month make one upload. */
const PEOPLE_OF_A_SEAT = 12;

/**
 * Writes a city: registry.yaml, uploads/*.zip and truth.jsonl under `out`. One care manager's people after another, so
 * memory holds a dozen lives and one ZIP, for a city of any size. The same options give the same files.
 */
export async function generateCity(o: CityOptions): Promise<{ packets: number; uploads: number }> {
  const random = new Random(`${o.seed}/${o.city}`);
  const town = buildTown(o.city, o.people, o.from, o.to, random.fork('town'));
  const folder = join(o.out, 'uploads');
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) if (name.endsWith('.zip')) await rm(join(folder, name));
  await writeFile(join(o.out, 'registry.yaml'), registryYaml(town));
  const truth = createWriteStream(join(o.out, 'truth.jsonl'));
  const done = { people: 0, packets: 0, uploads: 0 };
  for (let first = 0; first < o.people; first += PEOPLE_OF_A_SEAT) {
    const size = Math.min(PEOPLE_OF_A_SEAT, o.people - first);
    const seat = chooseSeat(town, first / PEOPLE_OF_A_SEAT, random.fork(`seat ${first}`));
    const style = chooseStyle(
      o,
      random.fork(`style ${seat.office?.office.number ?? seat.area.center.number}`),
    );
    const lives = Array.from({ length: size }, (_, i) =>
      livedMonths(town, seat, first + i, o.from, o.to, random.fork(`person ${first + i}`)),
    );
    const shape = BULK_SHAPES.find(({ name }) => name === o.shape) ?? null;
    const months = monthsBetween(o.from, o.to);
    for (const together of shape?.isAllMonths ? [months] : months.map((month) => [month]))
      for (const batch of ['plan', 'month'] as const) {
        const making = { o, town, seat, style, shape, lives, months: together, batch, first, random };
        const upload = await writeUpload(making);
        if (!upload) continue;
        const spoiled = spoil(upload, o, style, random.fork(`spoil ${upload.name}`));
        const rival = await claimTwice(upload, town, o, style, random.fork(`rival ${upload.name}`));
        for (const each of [upload, spoiled, rival].filter((one) => one !== null)) {
          await writeFile(join(folder, each.name), each.bytes);
          for (const line of each.truth)
            if (!truth.write(`${JSON.stringify(line)}\n`)) await once(truth, 'drain');
          done.packets += each.truth.length;
          done.uploads += 1;
        }
        o.progress?.(done);
      }
    done.people += size;
  }
  truth.end();
  await finished(truth);
  return done;
}

/** Offices in turn, and every fifth position is a center's own staff (every second in 延岡市, whose rules are about centers). */
function chooseSeat(town: Town, index: number, random: Random): Seat {
  const area = town.areas[index % town.areas.length]!;
  const centerEvery = town.city.key === 'nobeoka' ? 2 : 5;
  const isCenter = index % centerEvery === centerEvery - 1;
  return { area, office: isCenter ? null : random.pick(town.offices) };
}

function chooseStyle(o: CityOptions, random: Random): Style {
  const isBulk = o.shape !== undefined && o.shape !== FOLDERS;
  const usable = STYLES.filter(
    (s) => (!o.csvOnly || s.csv.version !== '202208') && ((!o.csvOnly && !isBulk) || s.print !== 'scan'),
  );
  if (o.style !== 'mixed') return STYLES.find((s) => s.name === o.style) ?? STYLES[0]!;
  return random.weighted(usable.map((s) => [s.print === 'scan' ? 1 : 5, s] as const));
}

interface Making {
  o: CityOptions;
  town: Town;
  seat: Seat;
  style: Style;
  shape: Shape | null;
  lives: PersonMonth[][];
  months: string[];
  batch: Batch;
  first: number;
  random: Random;
}

/** Events whose packet is sent with the plan, before the month begins. */
const WITH_THE_PLAN = new Set([
  'new',
  'plan_renewed',
  'cert_renewal',
  'plan_changed_midterm',
  'to_jigyo_taishosha',
]);

interface Upload {
  name: string;
  batch: Batch;
  bytes: Uint8Array;
  entries: ZipEntry[];
  truth: TruthLine[];
  /** months without a fault that are not returned */
  sound: PersonMonth[];
}

/** Some uploads are first sent damaged, so that they cannot be opened. */
function spoil(upload: Upload, o: CityOptions, style: Style, random: Random): Upload | null {
  if (o.only || !random.chance(o.defects * 0.08)) return null;
  const defect = pickUploadDefect(random);
  const name = upload.name.replace('.zip', '_broken.zip');
  const { received, month } = upload.truth[0]!;
  return {
    ...upload,
    name,
    bytes: defect.spoil(upload.bytes, upload.entries),
    truth: [uploadTruth({ upload: name, city: o.city, received, month, style: style.name, defect })],
  };
}

/** Sometimes another office of the same status sends papers of a month that an office has already sent. */
async function claimTwice(
  first: Upload,
  town: Town,
  o: CityOptions,
  style: Style,
  random: Random,
): Promise<Upload | null> {
  const lived = first.sound.find((month) => month.event === 'continuing' && month.kind && month.office);
  if (o.only || first.batch !== 'month' || !lived?.office || !random.chance(o.defects * 0.15)) return null;
  const { month, office: own } = lived;
  const office = town.offices.find(
    (other) => other !== own && isDesignated(other, month) === isDesignated(own, month),
  );
  if (!office) return null;
  const { batch } = first;
  const dossier = makeDossier({ town, batch, style, o }, { ...lived, office }, random);
  expectFinding(dossier, TWO_OFFICES.codes[0]!, 'review', TWO_OFFICES.rule);
  const folder = style.folder(dossier.c, 0);
  const files = await writePacket(dossier, style, random.fork('files'));
  const entries = files.map((file) => ({ path: `${folder}/${file.name}`, bytes: file.bytes }));
  const name = first.name.replace(own.office.number, office.office.number).replace('.zip', '_also.zip');
  const packet = folder.split('/').at(-1)!;
  const line = { dossier, upload: name, packet, style: style.name, defect: TWO_OFFICES, print: style.print };
  const bytes = await writeZip(entries, style.zipNames);
  return { name, batch, entries, bytes, truth: [truthLine(line)], sound: [] };
}

const TWO_OFFICES = {
  name: 'month-of-another-office',
  rule: 'F_PACKET_TWO_OFFICES',
  codes: ['F_PACKET_TWO_OFFICES'],
  why: '別の事業所が、同じ利用者の同じ月を出した',
};

async function writeUpload(making: Making): Promise<Upload | null> {
  const { months, batch, style, shape, seat, first } = making;
  const name = `${(seat.office?.office ?? seat.area.center).number}_${months[0]}_${batch === 'plan' ? 'plan' : 'month'}_${String(first).padStart(6, '0')}.zip`;
  const made = shape ? await writeBulk(making, shape, name) : await writeFolders(making, name);
  if (made.truth.length === 0) return null;
  return { name, batch, ...made, bytes: await writeZip(made.entries, style.zipNames) };
}

type Contents = Pick<Upload, 'entries' | 'truth' | 'sound'>;

/** A packet of this upload, with its fault, and the randomness of what follows. */
interface Made {
  dossier: Dossier;
  defect: Defect | null;
  lived: PersonMonth;
  /** position of the person among those of the care manager */
  place: number;
  random: Random;
}

function* packetsOf(making: Making): Generator<Made> {
  const { lives, months, batch, first, random, o, shape } = making;
  for (const month of months)
    for (const [place, life] of lives.entries()) {
      const lived = life.find((m) => m.month === month);
      if (!lived || (batch === 'plan' && !WITH_THE_PLAN.has(lived.event))) continue;
      const own = random.fork(`packet ${first + place} ${month} ${batch}`);
      const dossier = makeDossier(making, lived, own);
      const isPlanted = own.chance(o.defects);
      const options = { only: o.only, isBulk: shape !== null };
      const defect = isPlanted ? plantOne(dossier, own.fork('defect'), options) : null;
      yield { dossier, defect, lived, place, random: own };
    }
}

async function writeBulk(making: Making, shape: Shape, name: string): Promise<Contents> {
  const { style, random } = making;
  const made = [...packetsOf(making)];
  const parts = made.map(({ dossier }) => packetParts(dossier, style));
  const truth = made.map(({ dossier, defect, lived: { person, month } }) => {
    const packet = `${person.insured} ${month}`;
    const common = { dossier, upload: name, packet, style: style.name, print: style.print };
    return truthLine({ ...common, shape: shape.name, defect });
  });
  return { entries: await shape.arrange(parts, style, random.fork(`shape ${name}`)), truth, sound: [] };
}

async function writeFolders(making: Making, name: string): Promise<Contents> {
  const { style, seat, o } = making;
  const { entries, truth, sound }: Contents = { entries: [], truth: [], sound: [] };
  const office = (seat.office?.office ?? seat.area.center).name;
  for (const { dossier, defect, lived, place, random } of packetsOf(making)) {
    const folder = `${style.above(dossier.c, office)}${style.folder(dossier.c, place)}`;
    const files = await writePacket(dossier, style, random.fork('files'));
    for (const file of files) entries.push({ path: `${folder}/${file.name}`, bytes: file.bytes });
    if (place === 0) entries.push(...leftovers(style, folder));
    const line = truthLine({
      dossier,
      upload: name,
      packet: folder.split('/').at(-1)!,
      style: style.name,
      defect,
      print: style.print,
    });
    truth.push(line);
    if (!defect && line.expect.decision !== 'return') sound.push(lived);
    if (!o.only && random.chance(o.defects * 0.03)) {
      // 再送: the same files again beside the first, under another name
      for (const file of files) entries.push({ path: `${folder}_再送/${file.name}`, bytes: file.bytes });
      truth.push({ ...line, packet: `${line.packet}_再送`, same_as: line.packet! });
    }
  }
  return { entries, truth, sound };
}

/** A complete packet of that month, as the office's software writes it. */
function makeDossier(
  { town, batch, style, o }: Pick<Making, 'town' | 'batch' | 'style' | 'o'>,
  lived: PersonMonth,
  random: Random,
): Dossier {
  // The month of a new plan is followed by the ordinary packet of the month, with its 実績.
  const month: PersonMonth =
    batch === 'month' && WITH_THE_PLAN.has(lived.event)
      ? { ...lived, event: 'continuing', certifiedBefore: null }
      : lived;
  const d = openDossier(town, month, batch, o.csvOnly, random);
  CUSTOMS[town.city.key].compose(d, random.fork('customs'));
  if (o.csvOnly) d.papers = noPapers();
  else if (style.csv.version === '202208') {
    // V3 has no plan and no 利用者基本情報 of 介護予防.
    if (d.csv.includes('kihon')) d.papers.kihon = true;
    if (d.csv.includes('plan')) d.papers.plan ??= {};
    d.csv = d.csv.filter((set) => set === 'riyohyo' || set === 'jisseki');
  }
  d.hasPictures = style.print === 'scan' && drawForms(d).length > 0;
  if (style.cover === 'rarely' && saysEverything(d) && random.chance(0.7)) d.cover = null;
  return d;
}

/** Whether the files need no cover: an ordinary month under a plan that is some months old. */
const saysEverything = (d: Dossier): boolean =>
  d.month.event === 'continuing' &&
  d.csv.includes('plan') &&
  d.csv.includes('jisseki') &&
  d.month.kind !== null &&
  !d.month.plan.isFirst &&
  monthOf(d.c.planDate) < addMonths(d.c.month, -1) &&
  d.month.city !== 'nobeoka' &&
  d.month.kind === 'yobo_shien' &&
  d.cover?.addons_claimed === undefined &&
  d.cover?.documents === undefined;
