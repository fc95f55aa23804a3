import { parseArgs } from 'node:util';
import type { PacketLine } from '../shared/records/submission.ts';
import { DeskError } from './desk-client.ts';
import { expandInputs, InputError } from './expand-inputs.ts';
import { findDesk } from './find-desk.ts';
import { AreaNames, packetTable } from './print-answers.ts';

const USAGE =
  '使い方: uketsuke submit [--url URL] [--office 事業所番号] [--wait 秒] [--json] ZIP|フォルダー…';

/** `uketsuke submit`: sends to a running desk and waits. Exit codes: 0, 1 something came back, 2 cannot be done. */
export async function runSubmit(argv: string[]): Promise<number> {
  const fail = (message: string) => {
    process.stderr.write(`${message}\n`);
    return 2;
  };
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        data: { type: 'string' },
        office: { type: 'string' },
        wait: { type: 'string', default: '600' },
        json: { type: 'boolean', default: false },
      },
    });
    if (positionals.length === 0) return fail(USAGE);
    const desk = findDesk(values.url, values.data);
    const packets: PacketLine[] = [];
    for (const source of await expandInputs(positionals)) {
      const id = await desk.send(source, values.office);
      if (!values.json) process.stdout.write(`受付番号 ${id}　${source.name}\n`);
      const until = Date.now() + Number(values.wait) * 1000;
      const status = await desk.answered(id, async () => Date.now() > until);
      if (status.state !== 'finished')
        process.stderr.write(`${id} はまだ判定中です。uketsuke status ${id} で確かめてください。\n`);
      packets.push(...status.packets);
    }
    if (values.json) for (const one of packets) process.stdout.write(`${JSON.stringify(one)}\n`);
    else process.stdout.write(`\n${await packetTable(packets, new AreaNames(desk))}\n`);
    return packets.some((one) => one.decision === 'return') ? 1 : 0;
  } catch (error) {
    if (error instanceof InputError || error instanceof DeskError) return fail(error.message);
    if ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS'))
      return fail(`${(error as Error).message}\n${USAGE}`);
    throw error;
  }
}
