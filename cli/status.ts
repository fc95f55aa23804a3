import { parseArgs } from 'node:util';
import { japanTime } from '../shared/calendar/japan-time.ts';
import type { UploadLine } from '../shared/records/views/upload-line.ts';
import { maskNumber } from '../shared/vocabulary/labels.ts';
import type { DeskClient } from './desk-client.ts';
import { table } from './display-width.ts';
import { DESK_OPTIONS, operatorDesk } from './operator-desk.ts';
import { AreaNames, packetTable } from './print-answers.ts';
import { reportErrors } from './report-errors.ts';

const USAGE = '使い方: uketsuke status [--url URL] [受付番号|書類一式の番号]';
const STATES: Record<string, string> = {
  announced: '送信待ち',
  scanning: 'ウイルス検査中',
  received: '受付済・判定中',
  finished: '判定済',
};

/** `uketsuke status`: the last uploads; one upload with its packets; or the notice of one packet. */
export const runStatus = (argv: string[]): Promise<number> =>
  reportErrors(async () => {
    const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: DESK_OPTIONS });
    const desk = operatorDesk(values);
    const [id] = positionals;
    if (!id) await showUploads(desk);
    else if (/^[RX]\d{0,8}-/.test(id)) await showUpload(desk, id);
    else process.stdout.write((await desk.get<{ text: string }>(`/notices/${encodeURIComponent(id)}`)).text);
    return 0;
  }, USAGE);

async function showUploads(desk: DeskClient): Promise<void> {
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
  const columns = ['受付番号', '受付', '状態', '人数', '送付物'].map((title) => ({ title }));
  process.stdout.write(`${table(columns, rows)}\n`);
}

async function showUpload(desk: DeskClient, id: string): Promise<void> {
  const status = await desk.upload(id);
  process.stdout.write(`${status.upload_id}　${status.name}　${STATES[status.state]}\n\n`);
  if (status.packets.length > 0)
    process.stdout.write(`${await packetTable(status.packets, new AreaNames(desk))}\n\n`);
  for (const one of status.packets)
    process.stdout.write(
      `通知: uketsuke status ${one.packet_id}　(${one.packet} ${maskNumber(one.insured_number)})\n`,
    );
}
