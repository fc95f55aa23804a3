import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DeskRunningError } from '../host/desk-file.ts';
import { type RunningDesk, startDesk } from '../host/host.ts';
import type { UploadSource } from '../shared/packet/upload-source.ts';
import { cityKeys } from '../shared/profiles/cities.ts';
import type { PacketLine } from '../shared/records/views/packet-line.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { loadProfile } from '../shared/rules/profile.ts';
import { makeDemo } from './demo.ts';
import { DeskClient, DeskError } from './desk-client.ts';
import { expandInputs, InputError } from './expand-inputs.ts';
import { AreaNames, packetTable, summaryTable } from './print-answers.ts';
import { fail } from './report-errors.ts';

const SAMPLES = resolve(import.meta.dirname, '../samples');
const say = (line = ''): boolean => process.stdout.write(`${line}\n`);

/** Where a desk keeps everything, unless told otherwise. */
export const dataFolder = (said?: string): string => said ?? process.env.UKETSUKE_DATA ?? '.uketsuke';

/**
 * `npm start`: the whole desk on one machine. Feeds the samples, or what the user names, and prints what came of it.
 * Exit codes: 0 all accepted or in review (the samples always: some are broken on purpose), 1 something of the
 * user's came back, 2 input that cannot be read or a desk that cannot start.
 */
export async function runStart(argv: string[]): Promise<number> {
  const options = readOptions(argv);
  if (typeof options === 'string') return fail(options);
  let desk: RunningDesk | undefined;
  try {
    if (options.demo) await addDemo(options);
    const own = options.inputs.length > 0 && !options.demo;
    const sources = await expandInputs(
      options.inputs.length > 0 ? options.inputs : [join(SAMPLES, 'packets')],
    );
    if (!process.env.UKETSUKE_LOG) process.env.UKETSUKE_LOG = 'off';
    const broken = brokenRules();
    if (broken) return fail(broken);
    say('受付を準備しています…');
    const { data: folder, port, scanner } = options;
    desk = await startDesk({ folder, port, malwareScanner: scanner });
    greet(desk, folder, scanner);
    await importRegistries(desk, options.registries);
    const packets = await feed(desk, sources);
    await desk.settled();
    await report(desk, packets);
    const { dead, malwareUnchecked } = await desk.load();
    if (malwareUnchecked > 0)
      fail(
        `${malwareUnchecked} 件はウイルス検査ができず、まだ開いていません。--malware-scanner のコマンドが単独で動くかを確かめてください。一分ごとにもう一度検査します。`,
      );
    if (dead > 0)
      fail(
        `${dead} 件のメッセージが何度も失敗し、退避されています。docs/runbook.md を見て npm run -s uketsuke -- redrive で戻してください。`,
      );
    if (!options.once) await serve(desk);
    const cameBack = packets.some((one) => one.decision === 'return');
    return dead + malwareUnchecked > 0 ? 2 : own && cameBack ? 1 : 0;
  } catch (error) {
    if (error instanceof InputError || error instanceof DeskRunningError || error instanceof DeskError)
      return fail(error.message);
    if (error instanceof Error && error.message.startsWith('登録簿')) return fail(error.message);
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
      return fail(`ポート ${options.port} はほかで使われています。--port で別の番号を指定してください。`);
    throw error;
  } finally {
    await desk?.stop();
  }
}

function readOptions(argv: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        once: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
        port: { type: 'string' },
        data: { type: 'string' },
        registry: { type: 'string', multiple: true, default: [] },
        'malware-scanner': { type: 'string' },
      },
    });
    const port = values.port === undefined ? null : Number(values.port);
    if (port !== null && !(Number.isInteger(port) && port >= 0 && port < 65_536))
      return `--port の値「${values.port}」は番号ではありません。`;
    return {
      once: values.once,
      demo: values.demo,
      port,
      // The demo's city has offices and people of its own: it is kept apart.
      data: dataFolder(values.data ?? (values.demo ? '.uketsuke-demo' : undefined)),
      registries: values.registry,
      scanner: values['malware-scanner'] || process.env.UKETSUKE_MALWARE_COMMAND || null,
      inputs: positionals,
    };
  } catch (error) {
    return `${error instanceof Error ? error.message : error}\n使い方: npm start -- [--once] [--demo] [--port N] [--data FOLDER] [--registry FILE]… [--malware-scanner コマンド] [ZIP|フォルダー]…`;
  }
}

/** The demo's uploads in place of what the user named, and its registry. */
async function addDemo(options: { data: string; inputs: string[]; registries: string[] }): Promise<void> {
  say('見本の市の一年分を作っています…');
  const { uploads, registry } = await makeDemo(join(options.data, 'demo'), (people, of) => {
    process.stdout.write(`\r  ${people}/${of} 人`);
  });
  say();
  options.inputs = [uploads];
  options.registries = [...options.registries, registry];
}

/** Rules that do not load would hold up every packet: said before the first one is taken. */
function brokenRules(): string | null {
  try {
    for (const city of cityKeys()) loadProfile(city);
    return null;
  } catch (error) {
    return `決まり (profiles/) を読めません: ${error instanceof Error ? error.message : error}`;
  }
}

function greet(desk: RunningDesk, folder: string, scanner: string | null): void {
  say(`受付が動いています: ${desk.url}　（記録の場所 ${resolve(folder)}）`);
  say(
    scanner
      ? `ウイルス検査: ${scanner}`
      : 'ウイルス検査: この場所では行いません。検査するときは --malware-scanner "clamscan --no-summary" のように指定します。',
  );
  if (desk.wasKilled) say(`前回は途中で止まっていました。残っていた仕事 ${desk.resumed} 件を続けます。`);
}

/** The registries the user names; and the samples' for cities that have none yet, so that a fresh desk knows its areas. */
async function importRegistries(desk: RunningDesk, named: string[]): Promise<void> {
  const client = new DeskClient(desk.url);
  const { registries } = await client.get<{ registries: { city: string }[] }>('/registries');
  const known = new Set(registries.map((one) => one.city));
  for (const file of named) {
    const registry = await loadRegistry(file);
    await client.importRegistry(registry);
    known.add(registry.city);
    say(`登録簿を取り込みました: ${file}`);
  }
  const folder = join(SAMPLES, 'registry');
  const imported: string[] = [];
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.yaml')).sort()) {
    const registry = await loadRegistry(join(folder, name));
    if (known.has(registry.city)) continue;
    await client.importRegistry(registry);
    imported.push(registry.city);
  }
  if (imported.length > 0) say(`見本の登録簿を取り込みました: ${imported.join(' ')}`);
}

/** Sends everything, then waits for each answer; says so as it goes. */
async function feed(desk: RunningDesk, sources: UploadSource[]): Promise<PacketLine[]> {
  const client = new DeskClient(desk.url);
  const started = Date.now();
  const sent: { name: string; id: string }[] = [];
  for (const source of sources) sent.push({ name: source.name, id: await client.send(source) });
  say(`${sent.length} 件を送りました。`);
  const packets: PacketLine[] = [];
  let repeated = 0;
  for (const [n, { name, id }] of sent.entries()) {
    const status = await client.answered(id, async () => {
      const { waiting, dead, malwareUnchecked } = await desk.load();
      return waiting === 0 && dead + malwareUnchecked > 0;
    });
    packets.push(...status.packets);
    repeated += status.repeated ?? 0;
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    say(
      `  [${String(n + 1).padStart(String(sent.length).length)}/${sent.length}] ${id} ${name}: ${status.packets.length}人分 ${status.state === 'finished' ? '判定済' : '判定できていません'} (${seconds}秒)`,
    );
  }
  if (repeated > 0) say(`${repeated} 人分は以前に受け付けたものと同じ内容でした。最初の受付でお答えします。`);
  return packets;
}

async function report(desk: RunningDesk, packets: PacketLine[]): Promise<void> {
  const client = new DeskClient(desk.url);
  const names = new AreaNames(client);
  say();
  say(await packetTable(packets, names));
  say();
  say('圏域ごとの集計');
  say(await summaryTable(client, packets, names));
  const of = (decision: string) => packets.filter((one) => one.decision === decision).length;
  const total = (what: 'files' | 'pages' | 'rows') => packets.reduce((sum, one) => sum + one.ledger[what], 0);
  const closed = packets.every((one) => one.ledger.accounted);
  say();
  say(
    `${packets.length}人分 (${total('files')}ファイル・${total('pages')}ページ・${total('rows')}行${closed ? '、すべて処理済み' : '、未処理あり'}): ` +
      `受理 ${of('accept')}　確認 ${of('review')}　返戻 ${of('return')}`,
  );
}

/** Until somebody ends it. */
async function serve(desk: RunningDesk): Promise<void> {
  say();
  say(`画面: ${desk.url}/`);
  say(
    '通知の文面: npm run -s uketsuke -- status <受付番号>　／　送る: npm run -s uketsuke -- submit <ZIP>　／　終わる: Ctrl+C',
  );
  await new Promise<void>((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
  say('受付を閉じます。');
}
