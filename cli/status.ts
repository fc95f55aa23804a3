import { japanTime } from '../shared/calendar/japan-time.ts';
import type { UploadLine } from '../shared/records/views/upload-line.ts';
import { ownValue } from '../shared/text/own-value.ts';
import { printable } from '../shared/text/printable.ts';
import { maskNumber } from '../shared/vocabulary/labels.ts';
import { UPLOAD_STATE_NAMES } from '../shared/vocabulary/packet-state.ts';
import type { ApiClient } from './api-client.ts';
import { connectAsOperator, operatorVerb } from './connect.ts';
import { AreaNames, packetTable } from './print-answers.ts';
import { runVerb } from './run-verb.ts';
import { table } from './table.ts';

/** Minutes after which an answer that is still missing is mentioned. */
const LATE_MINUTES = 10;

function stateLabel(state: string, receivedAt: string | undefined): string {
  const minutes = receivedAt ? Math.floor((Date.now() - Date.parse(receivedAt)) / 60_000) : 0;
  const isLate = (state === 'received' || state === 'malware_scan') && minutes >= LATE_MINUTES;
  const label = ownValue(UPLOAD_STATE_NAMES, state) ?? state;
  return isLate ? `${label}（${minutes}分たっても終わっていません。理由は uketsuke redrive）` : label;
}

/** `uketsuke status`: the latest uploads; or one upload with its packets; or the notice of one packet. */
export const runStatus = (argv: string[]): Promise<number> =>
  runVerb(
    operatorVerb('status')
      .argument('[番号]', '受付番号、または書類一式の番号')
      .option(
        '--office <番号>',
        'この事業所のために送ったもの（指定がなければ、事業所を決めずに送ったもの）',
      ),
    argv,
    async (options, id) => {
      const client = connectAsOperator(options);
      if (!id) await printUploads(client, options.office);
      else if (/^[RX]\d{0,8}-/.test(id)) await printUpload(client, id);
      else await printNotice(client, id);
      return 0;
    },
  );

async function printUploads(client: ApiClient, office?: string): Promise<void> {
  const uploads = await allUploads(client, office);
  const rows = uploads.map((upload) => ({
    cells: [
      upload.upload_id,
      japanTime(upload.received_at),
      stateLabel(upload.state, upload.received_at),
      String(upload.packets ?? '-'),
      upload.name,
    ],
  }));
  const columns = ['受付番号', '受付', '状態', '人数', '送付物'].map((title) => ({ title }));
  process.stdout.write(`${table(columns, rows)}\n`);
}

/** Every page of the list: none is cut silently. */
async function allUploads(client: ApiClient, office?: string): Promise<UploadLine[]> {
  const uploads: UploadLine[] = [];
  let after: string | null = null;
  do {
    const query = new URLSearchParams({ ...(office && { office }), ...(after && { after }) });
    const page: { uploads: UploadLine[]; next: string | null } = await client.get(`/uploads?${query}`);
    uploads.push(...page.uploads);
    after = page.next;
  } while (after);
  return uploads;
}

async function printUpload(client: ApiClient, id: string): Promise<void> {
  const { upload_id, name, state, received_at, packets } = await client.upload(id);
  process.stdout.write(`${upload_id}　${printable(name)}　${stateLabel(state, received_at)}\n\n`);
  if (packets.length > 0) process.stdout.write(`${await packetTable(packets, new AreaNames(client))}\n\n`);
  for (const { packet_id, packet, insured_number } of packets)
    process.stdout.write(
      `通知: uketsuke status ${packet_id}　(${printable(packet)} ${maskNumber(insured_number)})\n`,
    );
}

async function printNotice(client: ApiClient, id: string): Promise<void> {
  const { text } = await client.get<{ text: string }>(`/notices/${encodeURIComponent(id)}`);
  // A letter of an older desk may hold what its sender wrote.
  process.stdout.write(text.split('\r\n').map(printable).join('\n'));
}
