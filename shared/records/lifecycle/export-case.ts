import { basename, join } from 'node:path';
import { japanTime } from '../../calendar/japan-time.ts';
import type { Finding } from '../../findings/finding.ts';
import type { PacketFile } from '../../packet/packet.ts';
import { categoryLabel, decisionLabel } from '../../vocabulary/labels.ts';
import type { RecordEvent } from '../events/event.ts';
import { retentionKeys, uploadStream } from '../events/event-keys.ts';
import { readRange, readStream } from '../events/event-log.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import { readLetter } from '../views/letter.ts';
import { trailOf } from './audit.ts';
import type { CaseContents, CasePacket } from './case-contents.ts';
import { type ExportedFile, ExportFolder, safeFileName } from './export-folder.ts';

/** Reads the papers of a case. */
export interface ExportSource {
  /** Returns the uploads whose stored bytes are lost. */
  eachFile(
    work: (packet: CasePacket, file: PacketFile, isShared: boolean) => Promise<void>,
  ): Promise<string[]>;
}

/**
 * Writes the whole history of a case to a folder for 運営指導: the files as they came, the verdict of every run, notices,
 * review items, events, the audit trail, and a manifest with sha256. CSV as UTF-8 and CP932, text, no scripts. Returns
 * the manifest. A verdict or letter that is lost ends it: the export would lack it. Lost papers are named, for nothing restores them.
 */
export async function writeExport(
  records: RecordContext,
  contents: CaseContents,
  out: string,
  source: ExportSource,
): Promise<{ files: ExportedFile[]; lost: string[] }> {
  const folder = new ExportFolder(out);
  const lost = await source.eachFile(async (packet, file, isShared) => {
    const path = join('01_提出書類', shortId(packet.packet_id), safeFileName(file.path));
    const what = isShared ? '提出された書類（ほかの人のページも含む束の一部）' : '提出された書類';
    await folder.put(path, Buffer.from(await file.read()), what);
  });
  await putVerdicts(records, contents, folder);
  for (const { packet_id, notice, review } of contents.packets) {
    if (notice) {
      const { text, data } = await readLetter(records, notice);
      const path = join('03_通知', shortId(packet_id), basename(notice.key, '.json'));
      await folder.put(`${path}.txt`, Buffer.from(text, 'utf8'), '事業所への通知');
      await folder.put(`${path}.json`, json(data), '事業所への通知');
    }
    if (review)
      await folder.put(join('04_確認', `${shortId(packet_id)}.json`), json(review), '包括の確認待ちの項目');
  }
  await folder.table('05_出来事', EVENT_COLUMNS, await eventRows(records, contents), 'いつ何が起きたか');
  const trail = await trailOf(records.store, contents.of);
  const rows = trail.map((one) => [
    japanTime(one.time),
    one.does === 'read' ? '閲覧' : '変更',
    one.role,
    one.subject,
    one.what,
    one.record,
    one.of ?? '',
  ]);
  await folder.table('06_閲覧と変更の記録', TRAIL_COLUMNS, rows, 'だれが見て、だれが変えたか');
  await folder.put(
    '00_はじめに.txt',
    Buffer.from(readme(contents, folder.files, lost), 'utf8'),
    'この控えの読み方',
  );
  const manifest = [...folder.files];
  await folder.table(
    '99_目録',
    ['ファイル', '大きさ（バイト）', 'SHA-256', '内容'],
    manifest.map((one) => [one.path, String(one.bytes), one.sha256, one.what]),
    '目録',
  );
  return { files: manifest, lost };
}

const EVENT_COLUMNS = ['日時', '記録', '順序', '種類', '内容'];
const TRAIL_COLUMNS = ['日時', '種別', '役割', '利用者', '操作', '記録', '対象'];
const FINDING_COLUMNS = [
  '書類一式',
  '回',
  '判定日時',
  '判定',
  '区分',
  '規則の版',
  '指摘',
  '重さ',
  '根拠',
  'ファイル',
  'ページ',
  '行',
  '内容',
  '直し方',
];

async function putVerdicts(
  records: RecordContext,
  contents: CaseContents,
  folder: ExportFolder,
): Promise<void> {
  const rows: string[][] = [];
  for (const { packet_id, runs } of contents.packets)
    for (const run of runs) {
      const verdict = await records.results.readVerdict(run);
      const path = join('02_判定', `${shortId(packet_id)}_第${run.run}回.json`);
      await folder.put(path, json(verdict), `判定とその説明（第${run.run}回）`);
      const head = [
        shortId(packet_id),
        String(run.run),
        japanTime(run.at),
        decisionLabel(verdict.decision),
        categoryLabel(verdict.category),
        run.edition,
      ];
      if (verdict.findings.length === 0) rows.push([...head, ...Array(8).fill('')]);
      for (const finding of verdict.findings) rows.push([...head, ...findingCells(finding)]);
    }
  await folder.table('02_判定と指摘', FINDING_COLUMNS, rows, '各回の判定と指摘');
}

const findingCells = ({ code, severity, citation, where, message, remedy }: Finding): string[] => [
  code,
  severity,
  citation ? `${citation.title} ${citation.place}` : '',
  where.file ?? '',
  where.page ? String(where.page) : '',
  where.row ? String(where.row) : '',
  message,
  remedy,
];

/** Every event about this case; of an upload with other cases only those about the whole or about this one. */
async function eventRows(records: RecordContext, contents: CaseContents): Promise<string[][]> {
  const { of, packets, uploads, versions } = contents;
  const own = new Set(packets.map((one) => one.packet_id));
  const events: RecordEvent[] = [...packets.flatMap((one) => one.events), ...versions];
  for (const { received } of uploads)
    for await (const event of readStream(records.store, uploadStream(received.upload_id)))
      if (event.type !== 'packet.answered' || own.has(event.packet_id)) events.push(event);
  events.push(...(await collect(readRange(records.store, retentionKeys.every(of)))));
  return events.sort((a, b) => a.at.localeCompare(b.at)).map(eventCells);
}

/** Keys of the store itself are left out. */
function eventCells(event: RecordEvent): string[] {
  const { stream, seq, type, at, ...rest } = event;
  const shown = Object.entries(rest).filter(([key]) => !['outbox', 'pending', 'open'].includes(key));
  return [japanTime(at), stream, seq, type, JSON.stringify(Object.fromEntries(shown))];
}

function readme(
  { of, retention, packets, uploads }: CaseContents,
  files: ExportedFile[],
  lost: string[],
): string {
  return [
    '案件の控え（運営指導などのため）',
    '='.repeat(40),
    `市: ${of.city}　提供月: ${of.month}　書類一式: ${packets.length}　受付: ${uploads.map((one) => one.received.upload_id).join('、')}`,
    `完結の日: ${retention?.completed_on ?? '入力されていません'}　保存期限: ${retention?.keep_until ?? '決まっていません'}${retention?.hold ? '　保全中' : ''}`,
    ...(lost.length > 0
      ? [`受付 ${lost.join('、')} の送付物は失われていて、提出された書類はこの控えにありません。`]
      : []),
    '',
    '01_提出書類　　　事業所から届いたままのファイル',
    '02_判定　　　　　各回の判定と、その根拠になった事実と規則（JSON）。一覧は 02_判定と指摘',
    '03_通知　　　　　事業所へ出した通知（文面とデータ）',
    '04_確認　　　　　包括の確認待ちの項目',
    '05_出来事　　　　受付から判定・通知までの記録',
    '06_閲覧と変更　　だれがいつ見て、だれが変えたか',
    '99_目録　　　　　すべてのファイルの大きさと SHA-256',
    '',
    '表は同じ内容を UTF-8（_utf8.csv）と CP932（_cp932.csv）で置いています。CP932 にない文字は〓に置き換えました。',
    '個人情報を含みます。目的が済んだら、定めに従って廃棄してください。',
    `ファイル数: ${files.length}`,
    '',
  ].join('\r\n');
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value, null, 1), 'utf8');
/** A packet id is long; its end is unique within a case. */
const shortId = (packetId: string): string => packetId.replace(/[^A-Za-z0-9_-]/g, '_').slice(-24);
