import { rm } from 'node:fs/promises';
import { compareVerdicts, type EntryChange } from '../shared/decision/compare-verdicts.ts';
import type { DecisionContext } from '../shared/decision/decision-context.ts';
import { changedEntries } from '../shared/decision/edited-profile.ts';
import type { PacketVerdict } from '../shared/decision/verdict.ts';
import { decideUpload } from '../shared/flow.ts';
import type { UploadSource } from '../shared/packet/upload-source.ts';
import { cityKeys } from '../shared/profiles/cities.ts';
import { ProfileError } from '../shared/profiles/load-table.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { withOperator } from './connect.ts';
import { dataFolder } from './data-folder.ts';
import { overlayProfiles } from './edited-profiles.ts';
import { expandInputs, InputError } from './expand-inputs.ts';
import { collect, parseCity } from './options.ts';
import { printChange, printChangeTotals } from './print-change.ts';
import { runVerb, UsageError, verb } from './run-verb.ts';

/**
 * `uketsuke replay`: decides stored uploads again with edited rules, and lists every changed verdict and why.
 * Reads a copy of the records and changes nothing.
 * Exit codes: 0 nothing changes, 1 something changes, 2 usage, or unreadable rules or input.
 */
export const runReplay = (argv: string[]): Promise<number> => runVerb(command(), argv, replay);

const command = () =>
  withOperator(verb('replay'))
    .argument('[ZIPまたはフォルダー...]', '調べる提出物（指定がなければ受付の記録）')
    .option('--profiles <フォルダー>', '直した規則（変えたファイルだけでよい）')
    .option('--data <フォルダー>', '受付の記録の場所（指定がなければ .uketsuke）')
    .option(
      '--registry <ファイル>',
      '登録簿（YAML）。ZIPやフォルダーを調べるとき、何度でも指定できる',
      collect,
      [],
    )
    .option('--city <市>', `この市の提出だけを調べる: ${cityKeys().join(' ')}`, parseCity)
    .option('--json', '判定の変わる提出ごとに1行のJSON');

type ReplayOptions = ReturnType<ReturnType<typeof command>['opts']>;
type StoredContext = Omit<DecisionContext, 'profiles'>;
type Visit = (source: UploadSource, context: StoredContext) => Promise<void>;

async function replay(options: ReplayOptions, paths: string[]): Promise<number> {
  if (!options.profiles) throw new UsageError('--profiles に、直した規則のフォルダーを指定してください。');
  let profiles: string | undefined;
  try {
    profiles = await overlayProfiles(options.profiles);
    const comparison = new Comparison(profiles, options);
    const visit: Visit = (source, context) => comparison.add(source, context);
    await (paths.length > 0 ? eachPath(paths, options, visit) : eachStored(options, visit));
    return comparison.finish();
  } catch (error) {
    throw error instanceof ProfileError ? new InputError(error.message) : error;
  } finally {
    if (profiles) await rm(profiles, { recursive: true, force: true });
  }
}

/** Counts and prints the verdicts that differ between the current rules and the edited ones. */
class Comparison {
  private readonly profiles: string;
  private readonly options: ReplayOptions;
  private readonly entries: Map<string, EntryChange>;
  private packets = 0;
  private changed = 0;

  constructor(profiles: string, options: ReplayOptions) {
    this.profiles = profiles;
    this.options = options;
    this.entries = changedEntries(profiles);
  }

  async add(source: UploadSource, context: StoredContext): Promise<void> {
    const { city, json } = this.options;
    for await (const { before, after } of decideTwice(source, context, this.profiles)) {
      if (city && before.city !== city && after.city !== city) continue;
      this.packets++;
      const change = compareVerdicts(before, after, this.entries);
      if (!change) continue;
      this.changed++;
      process.stdout.write(
        json ? `${JSON.stringify({ upload: source.name, ...change })}\n` : printChange(source.name, change),
      );
    }
  }

  /** Prints the totals and returns the exit code. */
  finish(): number {
    if (!this.options.json) process.stdout.write(printChangeTotals(this.entries, this.packets, this.changed));
    return this.changed > 0 ? 1 : 0;
  }
}

/** The verdicts of one upload under both rules, packet by packet, in the order of the upload. */
async function* decideTwice(
  source: UploadSource,
  context: StoredContext,
  profiles: string,
): AsyncGenerator<{ before: PacketVerdict; after: PacketVerdict }> {
  const edited = decideUpload(source, { ...context, profiles });
  for await (const before of decideUpload(source, context)) {
    const next = await edited.next();
    if (next.done) throw new Error(`${source.name}: 二度目に提出の数が違いました`);
    yield { before, after: next.value };
  }
}

async function eachPath(paths: string[], { registry, city }: ReplayOptions, visit: Visit): Promise<void> {
  const registries = await Promise.all(registry.map(loadRegistry));
  const today = new Date().toISOString().slice(0, 10);
  for (const source of await expandInputs(paths))
    await visit(source, { registries, today, received: today, ...(city && { city }) });
}

/** The uploads of a deployed desk, or of a data folder. The modules that start its storage are loaded only here. */
async function eachStored({ stack, by, data }: ReplayOptions, visit: Visit): Promise<void> {
  const { eachStoredUpload } = await import('../operations/stored-uploads.ts');
  const eachUpload = () => eachStoredUpload(({ source, context }) => visit(source, context));
  if (stack) {
    const { StackClient } = await import('./stack-client.ts');
    // Records the reading of all cases in the audit trail.
    await new StackClient(stack, by).operate('replay');
    return eachUpload();
  }
  const { withFolderCopy } = await import('../host/open-folder-copy.ts');
  await withFolderCopy(dataFolder(data), eachUpload);
}
