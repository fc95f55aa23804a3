import { parseArgs } from 'node:util';
import type { UploadSource } from '../shared/packet/upload-source.ts';
import type { PacketLine } from '../shared/records/views/packet-line.ts';
import { type DeskClient, DeskError } from './desk-client.ts';
import { expandInputs } from './expand-inputs.ts';
import { findDesk } from './find-desk.ts';
import { AreaNames, packetTable } from './print-answers.ts';
import { fail, reportErrors } from './report-errors.ts';

const USAGE =
  '使い方: uketsuke submit [--url URL] [--office 事業所番号] [--wait 秒] [--patience 秒] [--json] ZIP|フォルダー…\n' +
  '  --wait      判定を待つ時間 (600)\n' +
  '  --patience  受付が混み合っているとき、一つの送付物を送れるまで待つ時間 (900)';

/**
 * `uketsuke submit`: sends to a running desk and waits; a busy desk is asked again. What was sent before one that could
 * not be sent is still shown. Exit codes: 0, 1 something came back, 2 cannot be done.
 */
export const runSubmit = (argv: string[]): Promise<number> =>
  reportErrors(async () => {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        data: { type: 'string' },
        office: { type: 'string' },
        wait: { type: 'string', default: '600' },
        patience: { type: 'string', default: '900' },
        json: { type: 'boolean', default: false },
      },
    });
    if (positionals.length === 0) return fail(USAGE);
    const desk = findDesk(values.url, values.data, {
      seconds: Number(values.patience),
      waiting: fail,
    });
    const { packets, isWhole } = await sendAll(desk, await expandInputs(positionals), {
      office: values.office,
      wait: Number(values.wait),
      isQuiet: values.json,
    });
    if (values.json) for (const one of packets) process.stdout.write(`${JSON.stringify(one)}\n`);
    else if (packets.length > 0)
      process.stdout.write(`\n${await packetTable(packets, new AreaNames(desk))}\n`);
    if (!isWhole) return 2;
    return packets.some((one) => one.decision === 'return') ? 1 : 0;
  }, USAGE);

/** Sends one after the other, and stops where the desk cannot be reached or says no: says which were not sent. */
async function sendAll(
  desk: DeskClient,
  sources: UploadSource[],
  { office, wait, isQuiet }: { office?: string; wait: number; isQuiet: boolean },
): Promise<{ packets: PacketLine[]; isWhole: boolean }> {
  const packets: PacketLine[] = [];
  for (const [n, source] of sources.entries())
    try {
      const id = await desk.send(source, office);
      if (!isQuiet) process.stdout.write(`受付番号 ${id}　${source.name}\n`);
      const until = Date.now() + wait * 1000;
      const status = await desk.answered(id, async () => Date.now() > until);
      if (status.state !== 'finished')
        process.stderr.write(`${id} はまだ判定中です。uketsuke status ${id} で確かめてください。\n`);
      packets.push(...status.packets);
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      process.stderr.write(`${error.message}\n`);
      const rest = sources.slice(n + 1).map(({ name }) => `「${name}」`);
      if (rest.length > 0) process.stderr.write(`このあとの ${rest.join('')} も送っていません。\n`);
      return { packets, isWhole: false };
    }
  return { packets, isWhole: true };
}
