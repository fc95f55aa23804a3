import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DecisionContext } from '../../../shared/decision/decision-context.ts';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { PROCESS_LIMITS } from '../../../shared/documents/worker/process-limits.ts';
import { FINDING_CODES } from '../../../shared/findings/finding-codes.ts';
import { decideUpload } from '../../../shared/flow.ts';
import { loadRegistry, type Registry } from '../../../shared/registry/registry.ts';
import { REGISTRIES } from './base-packets.ts';
import type { HostileCase } from './case-kinds.ts';

/** The guarantees of the desk for every input; each violation as a sentence. */
export interface Judgement {
  /** the journey threw, or a reader had a fault of the program */
  crashes: string[];
  /** lost data without a finding */
  silent: string[];
  /** findings that name no place or one that does not exist; a ledger that does not close */
  places: string[];
  ms: number;
}

let registries: Promise<Registry[]> | undefined;

// Shorter time limits than in production, for more cases in the same time.
PROCESS_LIMITS.seconds = 5;

/** Runs one case through the journey of an upload and checks the result. */
export async function judgeCase(hostile: HostileCase): Promise<Judgement> {
  registries ??= Promise.all(REGISTRIES.map(loadRegistry));
  const desk: DecisionContext = { registries: await registries, today: '2024-10-05' };
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-hostile-'));
  const started = performance.now();
  const judgement: Judgement = { crashes: [], silent: [], places: [], ms: 0 };
  try {
    const file = join(folder, 'upload');
    writeFileSync(file, hostile.bytes);
    const verdicts: PacketVerdict[] = [];
    for await (const verdict of decideUpload({ name: hostile.name, file }, desk)) verdicts.push(verdict);
    judgement.ms = performance.now() - started;
    judge(hostile, verdicts, judgement);
  } catch (error) {
    judgement.crashes.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    judgement.ms ||= performance.now() - started;
    rmSync(folder, { recursive: true, force: true });
  }
  if (({} as Record<string, unknown>).polluted !== undefined)
    judgement.crashes.push('Object.prototype was changed');
  return judgement;
}

function judge(
  hostile: HostileCase,
  verdicts: PacketVerdict[],
  { crashes, silent, places }: Judgement,
): void {
  if (verdicts.length === 0) silent.push('no verdict at all');
  for (const verdict of verdicts) {
    const { findings, ledger, documents } = verdict;
    for (const finding of findings) {
      const text = `${finding.code} ${JSON.stringify(finding.where)}`;
      // Readers must expect every file.
      if (finding.code === 'F_FILE_DESK_FAULT') crashes.push(text);
      if (!(finding.code in FINDING_CODES)) places.push(`unknown code ${text}`);
      if (finding.message.length < 5 || finding.remedy.length < 3) places.push(`has no text: ${text}`);
      if (/undefined|\[object|NaN|null/.test(finding.message) && !hostileText(hostile))
        places.push(`has a text of nonsense: ${text} ${finding.message}`);
      places.push(...wrongPlace(hostile, verdict, finding));
    }
    if (!ledger.accounted && !findings.some((f) => f.code === 'F_PACKET_LEDGER'))
      places.push('a ledger that does not close and is not reported');
    const sum = Object.values(ledger.outcomes).reduce((n, o) => n + o.files, 0);
    if (sum !== ledger.files) places.push(`the ledger counts ${sum} of ${ledger.files} files`);
    if (verdict.decision !== 'accept') continue;
    if (documents.length === 0) silent.push('accepted without any document');
    if (hostile.damage === 'lost') silent.push(`accepted: ${verdict.packet}`);
    for (const outcome of ['unreadable', 'quarantined'])
      if (ledger.outcomes[outcome]) silent.push(`accepted with something ${outcome}`);
  }
  if (hostile.damage === 'lost' && !isTold(hostile, verdicts))
    silent.push(`${hostile.spoilt ?? hostile.name} is named by no finding`);
}

/** Values that the case made may contain any text. */
const hostileText = ({ kind }: HostileCase): boolean =>
  kind === 'packet.json' || kind.startsWith('CSV') || kind.startsWith('ZIP');

/** A finding that asks for an action names the damaged file, or the ZIP. */
function isTold({ spoilt, name }: HostileCase, verdicts: PacketVerdict[]): boolean {
  const serious = verdicts.flatMap((v) => v.findings).filter((f) => f.severity !== 'info');
  if (spoilt === null) return serious.some((f) => f.where.file !== undefined || f.message.includes(name));
  return serious.some((f) => f.where.file === spoilt || f.message.includes(spoilt));
}

function wrongPlace(
  { paths, name }: HostileCase,
  verdict: PacketVerdict,
  finding: PacketVerdict['findings'][number],
): string[] {
  const { file, page, row, column, byte } = finding.where;
  const text = `${finding.code} ${JSON.stringify(finding.where)}`;
  const wrong: string[] = [];
  const isFileFinding = finding.rule === null && /^F_(?:CSV|PDF|FILE|ZIP)_/.test(finding.code);
  if (isFileFinding && file === undefined) wrong.push(`names no file: ${text}`);
  if (
    paths &&
    file !== undefined &&
    file !== name &&
    !paths.some((path) => file === path || file.startsWith(`${path}/`))
  )
    wrong.push(`names a file that does not exist: ${text}`);
  for (const count of [page, row, column])
    if (count !== undefined && (!Number.isInteger(count) || count < 1)) wrong.push(`is no place: ${text}`);
  if (byte !== undefined && byte < 0) wrong.push(`is no place: ${text}`);
  const parts = verdict.documents.filter((d) => d.file === file);
  const pages = parts.reduce((n, d) => n + d.pages, 0);
  if (page !== undefined && page > Math.max(pages, 1)) wrong.push(`names a page beyond ${pages}: ${text}`);
  return wrong;
}
