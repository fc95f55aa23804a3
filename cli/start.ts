import { join, resolve } from 'node:path';
import { explainDiskError } from '../host/damage/explain-disk-error.ts';
import { hasRecords } from '../host/data-folder.ts';
import { type Host, type HostOptions, startHost } from '../host/host.ts';
import { buildWeb } from '../infra/build-web.ts';
import type { UploadSource } from '../shared/packet/upload-source.ts';
import { cityKeys } from '../shared/profiles/cities.ts';
import { ProfileError } from '../shared/profiles/load-table.ts';
import { loadProfile } from '../shared/rules/profile.ts';
import { ApiClient } from './api-client.ts';
import { dataFolder } from './data-folder.ts';
import { createDemo } from './demo.ts';
import { expandInputs, InputError } from './expand-inputs.ts';
import { makeFirstPeople, signInLines } from './first-people.ts';
import { importRegistries } from './import-registries.ts';
import { collect } from './options.ts';
import { AreaNames } from './print-answers.ts';
import { printLine } from './print-line.ts';
import { fail, runVerb, UsageError, verb } from './run-verb.ts';
import { printSummary, sendAndWait } from './send-and-wait.ts';
import { unfinishedLines } from './unfinished-lines.ts';

const SAMPLES = resolve(import.meta.dirname, '../samples');

/**
 * `npm start`: the whole desk on one machine. Sends the samples, or the user's uploads, and prints the answers.
 * Exit codes: 0 all accepted or in review (always for the samples, some of which are faulty on purpose), 1 at least
 * one of the user's packets is returned, 2 unreadable input, unfinished work, or a desk that cannot start.
 */
export const runStart = (argv: string[]): Promise<number> => runVerb(command(), argv, start);

const command = () =>
  verb('start')
    .argument('[ZIPまたはフォルダー...]', '送る提出物（指定がなければ見本）')
    .option('--once', '待っている仕事がなくなったら終わる')
    .option('--demo', '合成の市の一年分を作って送る')
    .option('--samples', '記録のある場所にも見本を送る')
    .option('--accept-loss', '読めない記録を失ったまま始める（バックアップがないときだけ）')
    .option('--port <番号>', '画面と API のポート')
    .option('--data <フォルダー>', '受付の記録の場所')
    .option('--registry <ファイル>', '取り込む登録簿（YAML）。何度でも指定できる', collect, [])
    .option('--malware-scanner <コマンド>', 'ウイルス検査のコマンド。例: "clamscan --no-summary"');

type StartOptions = ReturnType<ReturnType<typeof command>['opts']>;

async function start(options: StartOptions, paths: string[]): Promise<number> {
  // The city of the demo has its own offices and people.
  const folder = dataFolder(options.data ?? (options.demo ? '.uketsuke-demo' : undefined));
  const port = parsePort(options.port);
  const scanner = options.malwareScanner || process.env.UKETSUKE_MALWARE_COMMAND || null;
  const { sources, registries, people } = await findInputs(folder, options, paths);
  requireReadableRules();
  process.env.UKETSUKE_LOG ||= 'off';
  printLine('受付を準備しています…');
  const web = await buildWeb(() => printLine('画面を組み立てています…'));
  const host = await startOrExplain({
    folder,
    port,
    malwareScanner: scanner,
    web,
    acceptLoss: options.acceptLoss,
  });
  endOnDiskError(folder);
  try {
    for (const sentence of host.repaired) fail(sentence);
    printAddress(host, folder, scanner);
    if (people) await makeFirstPeople(folder, people);
    const client = new ApiClient(host);
    await importRegistries(client, registries, join(SAMPLES, 'registry'));
    const packets = await sendAndWait(client, sources, () => host.countPending());
    await host.waitUntilIdle();
    if (packets.length > 0) await printSummary(client, packets);
    await makeFirstPeople(folder, { packets, names: new AreaNames(client) });
    const isComplete = await warnOfUnfinishedWork(host);
    if (!options.once) await serveUntilSignal(host, folder);
    const isOwnReturned =
      paths.length > 0 && !options.demo && packets.some(({ decision }) => decision === 'return');
    return !isComplete ? 2 : isOwnReturned ? 1 : 0;
  } finally {
    await host.stop();
  }
}

function parsePort(option: string | undefined): number | null {
  if (option === undefined) return null;
  const port = Number(option);
  if (!(Number.isInteger(port) && port >= 0 && port < 65_536))
    throw new UsageError(`--port の値「${option}」は番号ではありません。`);
  return port;
}

interface Inputs {
  sources: UploadSource[];
  registries: string[];
  /** the first people of the desk: makeFirstPeople. null: those of the packets that were answered */
  people: { file: string } | { registry: string; uploads: UploadSource[] } | null;
}

/** The demo, the user's paths, or the samples. */
async function findInputs(
  folder: string,
  { demo, registry, samples }: StartOptions,
  paths: string[],
): Promise<Inputs> {
  if (demo) {
    printLine('見本の市の一年分を作っています…');
    const created = await createDemo(join(folder, 'demo'), (people, total) => {
      process.stdout.write(`\r  ${people}/${total} 人`);
    });
    printLine();
    const sources = await expandInputs([created.uploads]);
    return {
      sources,
      registries: [...registry, created.registry],
      people: { registry: created.registry, uploads: sources },
    };
  }
  // Samples among real papers would be counted with them.
  if (paths.length === 0 && !samples && hasRecords(folder)) {
    printLine(
      'この場所には受付の記録があるので、見本は送りません。見本も送るときは npm start -- --samples とします。',
    );
    return { sources: [], registries: registry, people: null };
  }
  if (paths.length > 0) return { sources: await expandInputs(paths), registries: registry, people: null };
  const sources = await expandInputs([join(SAMPLES, 'packets')]);
  return { sources, registries: registry, people: { file: join(SAMPLES, 'people.yaml') } };
}

/** Unreadable rules would block every packet. Throws InputError before the first one is received. */
function requireReadableRules(): void {
  try {
    for (const city of cityKeys()) loadProfile(city);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    throw new InputError(`規則 (profiles/) を読めません: ${error.message}`);
  }
}

async function startOrExplain(options: HostOptions): Promise<Host> {
  try {
    return await startHost(options);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' && syscall === 'listen')
      throw new InputError(
        `ポート ${options.port} を使う権限がありません。--port で 1024 以上の番号を指定してください。`,
      );
    if (code !== 'EADDRINUSE') throw error;
    throw new InputError(
      `ポート ${options.port} はほかで使われています。--port で別の番号を指定してください。`,
    );
  }
}

/** A store whose disk is full or gone fails outside every request: the operator reads why, and what to do. */
function endOnDiskError(folder: string): void {
  process.once('uncaughtException', (error) => {
    const explained = explainDiskError(error, folder);
    process.stderr.write(explained ? `${explained.message}\n` : `${error.stack}\n`);
    process.exit(explained ? 2 : 1);
  });
}

function printAddress({ url, wasKilled, resumed }: Host, folder: string, scanner: string | null): void {
  printLine(`受付が動いています: ${url}　（記録の場所 ${resolve(folder)}）`);
  printLine(
    scanner
      ? `ウイルス検査: ${scanner}`
      : 'ウイルス検査: この場所では行いません。検査するときは --malware-scanner "clamscan --no-summary" のように指定します。',
  );
  if (wasKilled) printLine(`前回は途中で止まっていました。残っていた仕事 ${resumed} 件を続けます。`);
}

/** Returns false where work is set aside or a malware scan failed. The desk goes on with the rest. */
async function warnOfUnfinishedWork(host: Host): Promise<boolean> {
  const { malwareUnchecked } = await host.countPending();
  if (malwareUnchecked > 0)
    fail(
      `${malwareUnchecked} 件はウイルス検査ができず、まだ開いていません。--malware-scanner のコマンドが単独で動くかを確かめてください。一分ごとにもう一度検査します。`,
    );
  const unfinished = await host.listUnfinished();
  for (const line of unfinishedLines(unfinished)) fail(line);
  return unfinished.length + malwareUnchecked === 0;
}

async function serveUntilSignal(host: Host, folder: string): Promise<void> {
  printLine();
  for (const line of signInLines(host.signInLinks(), folder)) printLine(line);
  printLine(
    '通知の文面: npm run -s uketsuke -- status <受付番号>　／　送る: npm run -s uketsuke -- submit <ZIP>　／　終わる: Ctrl+C',
  );
  await new Promise<void>((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
  printLine('受付を閉じます。');
}
