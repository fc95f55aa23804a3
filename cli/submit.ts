import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UploadSource } from '../shared/packet/upload-source.ts';
import type { PacketLine } from '../shared/records/views/packet-line.ts';
import { PLACES } from '../shared/vocabulary/correction.ts';
import { type ApiClient, ApiError } from './api-client.ts';
import { connect } from './connect.ts';
import { correctionIn } from './correction-packet.ts';
import { expandInputs } from './expand-inputs.ts';
import { parseSeconds } from './options.ts';
import { AreaNames, packetTable } from './print-answers.ts';
import { fail, runVerb, verb } from './run-verb.ts';

const WAIT_SECONDS = 600;
const PATIENCE_SECONDS = 900;

/**
 * `uketsuke submit`: sends uploads to a running desk and waits for the answers. Retries while the desk is busy.
 * Exit codes: 0 all accepted or in review, 1 at least one is returned, 2 not everything was sent.
 */
export const runSubmit = (argv: string[]): Promise<number> => runVerb(command(), argv, submit);

const command = () =>
  verb('submit')
    .argument('<ZIPまたはフォルダー...>', '送る提出物')
    .option('--url <URL>', '動いている受付の場所')
    .option('--data <フォルダー>', '受付の記録の場所')
    .option('--office <番号>', '提出する事業所の番号（10桁）')
    .option('--wait <秒>', `判定を待つ時間（指定がなければ ${WAIT_SECONDS}）`, parseSeconds, WAIT_SECONDS)
    .option(
      '--patience <秒>',
      `受付が混み合っているとき、一つの送付物を送れるまで待つ時間（指定がなければ ${PATIENCE_SECONDS}）`,
      parseSeconds,
      PATIENCE_SECONDS,
    )
    .option('--json', '1提出ごとに1行のJSON');

type SubmitOptions = ReturnType<ReturnType<typeof command>['opts']>;

async function submit(options: SubmitOptions, paths: string[]): Promise<number> {
  const client = connect(options, { timeoutSeconds: options.patience, onWait: fail });
  const { packets, isComplete } = await sendAll(client, await expandInputs(paths), options);
  if (options.json) for (const packet of packets) process.stdout.write(`${JSON.stringify(packet)}\n`);
  else if (packets.length > 0)
    process.stdout.write(`\n${await packetTable(packets, new AreaNames(client))}\n`);
  if (!isComplete) return 2;
  return packets.some(({ decision }) => decision === 'return') ? 1 : 0;
}

/** Sends one upload after the other. At the first error it stops, names what was not sent, and returns the rest. */
async function sendAll(
  client: ApiClient,
  sources: UploadSource[],
  options: SubmitOptions,
): Promise<{ packets: PacketLine[]; isComplete: boolean }> {
  const packets: PacketLine[] = [];
  for (const [index, source] of sources.entries())
    try {
      packets.push(...(await sendOne(client, source, options)));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      fail(error.message);
      const unsent = sources.slice(index + 1).map(({ name }) => `「${name}」`);
      if (unsent.length > 0) fail(`このあとの ${unsent.join('')} も送っていません。`);
      return { packets, isComplete: false };
    }
  return { packets, isComplete: true };
}

async function sendOne(
  client: ApiClient,
  source: UploadSource,
  { office, wait, json }: SubmitOptions,
): Promise<PacketLine[]> {
  const id = await sendSource(client, source, office);
  if (!json) process.stdout.write(`受付番号 ${id}　${source.name}\n`);
  const deadline = Date.now() + wait * 1000;
  const status = await client.waitForAnswer(id, async () => Date.now() > deadline);
  if (status.state !== 'finished') fail(`${id} はまだ判定中です。uketsuke status ${id} で確かめてください。`);
  return status.packets;
}

/** A correction packet joins its packet by the number in it; anything else is an upload of its own. */
async function sendSource(client: ApiClient, source: UploadSource, office?: string): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'uketsuke-correction-'));
  try {
    const correction = await correctionIn(source, scratch);
    if (!correction) return await client.send(source, office);
    const { packet_id, files, unread } = correction;
    if (unread.length > 0)
      throw new ApiError(
        `「${source.name}」は送っていません。取り出せないファイルがあります。${unread.join(' ')}`,
      );
    if (files.length === 0)
      throw new ApiError(
        `「${source.name}」は送っていません。補正セットに、直した書類が入っていません。「${PLACES}」に書類を入れてから、もう一度送ってください。`,
      );
    return await client.send({ name: '補正', files }, office, { packet_id, replaces: [] });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
