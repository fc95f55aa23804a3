import type { PendingWork } from '../host/wait-until-idle.ts';
import type { UploadSource } from '../shared/packet/upload-source.ts';
import type { PacketLine } from '../shared/records/views/packet-line.ts';
import type { ApiClient } from './api-client.ts';
import { officeOfUpload } from './office-of-upload.ts';
import { AreaNames, packetTable, summaryTable } from './print-answers.ts';
import { printLine } from './print-line.ts';

/** Sends all uploads, each for the office whose papers it holds, then waits for each answer and prints it. Gives up when nothing is left that could answer. */
export async function sendAndWait(
  client: ApiClient,
  sources: UploadSource[],
  countPending: () => Promise<PendingWork>,
): Promise<PacketLine[]> {
  const started = Date.now();
  const sent: { name: string; id: string }[] = [];
  for (const source of sources) {
    const office = (await officeOfUpload(source)) ?? undefined;
    sent.push({ name: source.name, id: await client.send(source, office) });
  }
  if (sent.length > 0) printLine(`${sent.length} 件を送りました。`);
  const packets: PacketLine[] = [];
  let repeated = 0;
  for (const [index, { name, id }] of sent.entries()) {
    const status = await client.waitForAnswer(id, async () => {
      const { waiting, failing, dead, malwareUnchecked } = await countPending();
      return waiting === 0 && failing + dead + malwareUnchecked > 0;
    });
    packets.push(...status.packets);
    repeated += status.repeated ?? 0;
    const count = `${String(index + 1).padStart(String(sent.length).length)}/${sent.length}`;
    const state = status.state === 'finished' ? '判定済' : '判定できていません';
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    printLine(`  [${count}] ${id} ${name}: ${status.packets.length}人分 ${state} (${seconds}秒)`);
  }
  if (repeated > 0)
    printLine(`${repeated} 人分は以前に受け付けたものと同じ内容でした。最初の受付でお答えします。`);
  return packets;
}

export async function printSummary(client: ApiClient, packets: PacketLine[]): Promise<void> {
  const names = new AreaNames(client);
  printLine();
  printLine(await packetTable(packets, names));
  printLine();
  printLine('圏域ごとの集計');
  printLine(await summaryTable(client, packets, names));
  printLine();
  printLine(totals(packets));
}

function totals(packets: PacketLine[]): string {
  const count = (decision: string) => packets.filter((packet) => packet.decision === decision).length;
  const sum = (unit: 'files' | 'pages' | 'rows') =>
    packets.reduce((total, { ledger }) => total + ledger[unit], 0);
  const accounted = packets.every(({ ledger }) => ledger.accounted) ? '、すべて処理済み' : '、未処理あり';
  return (
    `${packets.length}人分 (${sum('files')}ファイル・${sum('pages')}ページ・${sum('rows')}行${accounted}): ` +
    `受理 ${count('accept')}　審査中 ${count('review')}　返戻 ${count('return')}`
  );
}
