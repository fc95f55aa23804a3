import { parseArgs } from 'node:util';
import { maskNumber } from '../shared/messages/labels.ts';
import { japanTime } from '../shared/records/japan-time.ts';
import type { UploadLine } from '../shared/records/submission.ts';
import { DeskError } from './desk-client.ts';
import { table } from './display-width.ts';
import { findDesk } from './find-desk.ts';
import { AreaNames, packetTable } from './print-answers.ts';

const USAGE = '使い方: uketsuke status [--url URL] [受付番号|書類一式の番号]';
const STATES: Record<string, string> = {
  announced: '送信待ち',
  scanning: 'ウイルス検査中',
  received: '受付済・判定中',
  finished: '判定済',
};

/** `uketsuke status`: the last uploads; one upload with its packets; or the notice of one packet. */
export async function runStatus(argv: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { url: { type: 'string' }, data: { type: 'string' } },
    });
    const desk = findDesk(values.url, values.data);
    const [id] = positionals;
    if (!id) {
      const { uploads } = await desk.get<{ uploads: UploadLine[] }>('/uploads');
      const rows = uploads.map((one) => ({
        cells: [
          one.upload_id,
          japanTime(one.received_at),
          STATES[one.state] ?? one.state,
          String(one.packets ?? '-'),
          one.name,
        ],
      }));
      const columns = [
        { title: '受付番号' },
        { title: '受付' },
        { title: '状態' },
        { title: '人数' },
        { title: '送付物' },
      ];
      process.stdout.write(`${table(columns, rows)}\n`);
    } else if (/^[RX]\d{0,8}-/.test(id)) {
      const status = await desk.upload(id);
      process.stdout.write(`${status.upload_id}　${status.name}　${STATES[status.state]}\n\n`);
      if (status.packets.length > 0)
        process.stdout.write(`${await packetTable(status.packets, new AreaNames(desk))}\n\n`);
      for (const one of status.packets)
        process.stdout.write(
          `通知: uketsuke status ${one.packet_id}　(${one.packet} ${maskNumber(one.insured_number)})\n`,
        );
    } else {
      const { text } = await desk.get<{ text: string }>(`/notices/${encodeURIComponent(id)}`);
      process.stdout.write(text);
    }
    return 0;
  } catch (error) {
    const isUsage = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    if (!(error instanceof DeskError) && !isUsage) throw error;
    process.stderr.write(`${(error as Error).message}\n${isUsage ? `${USAGE}\n` : ''}`);
    return 2;
  }
}
