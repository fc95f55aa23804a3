import type { OcrTexts } from '../documents/ocr/ocr-text.ts';
import { PROCESS_LIMITS } from '../documents/worker/process-limits.ts';
import { personWord } from '../packet/group-entries.ts';
import type { OpenedUpload } from '../packet/open-upload.ts';
import { tooManyRows } from '../packet/upload-findings.ts';
import { buildPackets, type NumberedPacket } from './build-packets.ts';
import { only, Persons } from './persons.ts';
import type { Piece, SurveyedFile } from './piece.ts';
import { groupPlan, inMonthOrder, joinFolders, type PacketPlan, planPool, shareLost } from './plan.ts';
import { Spill } from './spill.ts';
import {
  type CoverTraces,
  type Looking,
  type SurveyedGroup,
  surveyGroup,
  surveyPapers,
  TooManyRows,
} from './survey-files.ts';
import { isShared } from './with-my-number.ts';

/**
 * The packets of an upload: the papers of one person and month each (docs/decisions/0019). Most uploads have a folder for
 * each packet, and its files are not read before it is its turn. Folders and files that hold several persons or
 * months are looked at first and split. Memory does not grow with the persons: what was read is kept in a scratch file
 * until the last packet was taken. An upload with too many rows is refused as a whole: it gives no packet and has a finding.
 * @param answered numbers of packets that have their answers: they are not unpacked again
 * @param texts what OCR read so far: the papers after a scanned 送付票 join the packet of its person
 */
export async function* splitUpload(
  upload: OpenedUpload,
  answered: ReadonlySet<number> = new Set(),
  texts?: OcrTexts,
): AsyncGenerator<NumberedPacket> {
  const spill = new Spill();
  try {
    const deadline = Date.now() + PROCESS_LIMITS.splitSeconds * 1000;
    const budget = { left: upload.most, rows: upload.mostRows };
    const plans = await planPackets(upload, { spill, budget, deadline });
    yield* buildPackets(upload, plans, spill, { answered, texts });
  } catch (cause) {
    if (!(cause instanceof TooManyRows)) throw cause;
    upload.findings.push(tooManyRows(upload.name, cause.path, upload.mostRows));
    upload.refused = upload.entries;
  } finally {
    await spill.close();
  }
}

/** What is known of a folder by its CSV files, its cover and its name. */
type Standing =
  /** of one person at most: it is a packet as it is */
  | { kind: 'packet'; number: string | null; months: string[] }
  /** of one person, with papers of others or of several months */
  | { kind: 'mixed'; owner: string | null; isOneMonth: boolean }
  /** of several persons */
  | { kind: 'collection' }
  /** no CSV and no cover names a person */
  | { kind: 'unknown' };

async function planPackets(upload: OpenedUpload, looking: Looking): Promise<PacketPlan[]> {
  const pool: SurveyedGroup[] = [];
  const divided: SurveyedGroup[] = [];
  const unknown: SurveyedGroup[] = [];
  const plans: PacketPlan[] = [];
  let order = 0;
  for (const group of upload.groups) {
    const surveyed = await surveyGroup(group, looking, order);
    order += group.entries.length;
    const standing = standingOf(surveyed, upload.groups.length === 1);
    if (standing.kind === 'packet' && !standing.number && surveyed.files.some(isShared)) {
      pool.push(surveyed);
      continue;
    }
    if (standing.kind === 'packet') plans.push({ ...groupPlan(surveyed), ...standing, kind: 'group' });
    else if (standing.kind === 'collection') pool.push(surveyed);
    else if (standing.kind === 'unknown') unknown.push(surveyed);
    else {
      await surveyPapers(surveyed, looking);
      divided.push(surveyed);
      plans.push(...planPool([surveyed], upload.name, standing));
    }
  }
  for (const surveyed of unknown) await surveyPapers(surveyed, looking);
  // Papers whose person is not known yet may be those of the persons in a collection.
  if (pool.length > 0 || upload.groups.length === 1 || isByForm(unknown)) pool.push(...unknown.splice(0));
  for (const surveyed of pool) await surveyPapers(surveyed, looking);
  const alone = unknown.flatMap((surveyed) => planPool([surveyed], upload.name, null));
  plans.push(...alone, ...planPool(pool, upload.name, null));
  const whole = new Set(plans.map((plan) => plan.kind === 'group' && plan.group));
  const parted = [...divided, ...pool, ...unknown].filter(({ group }) => !whole.has(group));
  return inMonthOrder(shareLost(parted, joinFolders(plans)));
}

function standingOf({ group, files, covers: all, hasPapers }: SurveyedGroup, isAlone: boolean): Standing {
  const covers = all.filter((cover) => speaksForAll(cover, files));
  const pieces = files.flatMap((file) => file.pieces);
  const ofCsv = pieces.filter(({ file }) => !/packet\.json$/i.test(file.entry.path));
  const numbers = new Set(ofCsv.flatMap(({ number }) => number ?? []));
  const onCover = only(covers.flatMap(({ number }) => number ?? []));
  const isOneMonth = covers.some(({ month }) => month !== null);
  const months = [...new Set(pieces.flatMap((one) => (one.isUse && one.month ? [one.month] : [])))];
  if (numbers.size > 1 && !isMoved(ofCsv)) {
    const home = new Set(ofCsv.flatMap(({ isHome, number }) => (isHome && number ? [number] : [])));
    const named = group.depth > 0 ? new Persons(ofCsv).namedBy(group.name) : null;
    const owner = [onCover, named, only(home)].find((one) => one !== null && numbers.has(one)) ?? null;
    return owner ? { kind: 'mixed', owner, isOneMonth } : { kind: 'collection' };
  }
  const number = only(numbers) ?? onCover;
  if (!number) return hasPapers ? { kind: 'unknown' } : { kind: 'packet', number: null, months };
  if (months.length > 1 && !isOneMonth && !isMoved(ofCsv))
    return { kind: 'mixed', owner: number, isOneMonth };
  // The only folder of an upload may be everybody's: its papers are looked at.
  if (isAlone && hasPapers && !onCover) return { kind: 'collection' };
  return { kind: 'packet', number, months: isOneMonth ? covers.flatMap(({ month }) => month ?? []) : months };
}

/** A cover says whose its own folder is; the folder of a cover alone says nothing of the files beside it. */
const speaksForAll = ({ folder }: CoverTraces, files: SurveyedFile[]): boolean =>
  files.every(
    ({ entry: { parts, isJunk } }) =>
      isJunk || parts.at(-1) === 'packet.json' || folder.every((name, i) => parts[i] === name),
  );

/** One person with two insurers within the month (shared/facts/identify/split-moved.ts). */
function isMoved(pieces: Piece[]): boolean {
  const byNumber = Map.groupBy(
    pieces.filter(({ number }) => number !== null),
    ({ number }) => number,
  );
  if (byNumber.size !== 2) return false;
  const [one, other] = [...byNumber.values()].map((own) => ({
    insurers: new Set(own.flatMap(({ insurer }) => insurer ?? [])),
    names: new Set(own.flatMap(({ name }) => name ?? [])),
  }));
  const isOtherName = one!.names.size > 0 && other!.names.size > 0 && one!.names.isDisjointFrom(other!.names);
  return one!.insurers.size > 0 && one!.insurers.isDisjointFrom(other!.insurers) && !isOtherName;
}

/** The same file names that are no forms' in several folders: `計画/見本花子.pdf`, `票/見本花子.pdf`. */
function isByForm(groups: SurveyedGroup[]): boolean {
  const seen = new Map<string, number>();
  for (const { files } of groups)
    for (const name of new Set(files.map(({ entry }) => personWord(entry.parts.at(-1) ?? ''))))
      if (name) seen.set(name, (seen.get(name) ?? 0) + 1);
  return [...seen.values()].filter((count) => count > 1).length > 1;
}
