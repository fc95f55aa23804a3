import { zipSync } from 'fflate';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import type { Notice } from '../../shared/letters/notice.ts';
import { noticeLetter } from '../../shared/letters/notice-letter.ts';
import { type NoticeRecord, readLetter } from '../../shared/records/views/letter.ts';
import {
  CORRECTION_COVER,
  CORRECTION_NOTICE,
  correctionMark,
  PLACES,
} from '../../shared/vocabulary/correction.ts';
import { coverSheetSchema } from '../../shared/vocabulary/cover-code.ts';
import { documentTitle } from '../../shared/vocabulary/document-kinds.ts';
import { requireOwnPacket } from './caller.ts';
import { downloadZip } from './download.ts';
import type { Env } from './env.ts';
import { requireKept, requireNotWithdrawn } from './joined-packet.ts';
import { readPacket } from './read-packet.ts';

/** What an office that works offline fills in and sends back. */
export const correction = new Hono<Env>()
  /** The correction packet of a packet, as a ZIP: notice, 送付票, empty places for what is missing. */
  .get('/packets/:id/correction', async (c) => {
    const { deps } = c.var;
    const decided = await readPacket(c, requireOwnPacket);
    const record = await deps.store.get<NoticeRecord>('notices', { notice_id: decided.packet_id });
    if (!record)
      throw new HTTPException(409, {
        message: '通知をまだ作っています。少し待って、もう一度お試しください。',
      });
    const { data: notice } = await readLetter<Notice>(deps, record);
    const verdict = await deps.results.readVerdict(decided);
    requireKept(verdict);
    await requireNotWithdrawn(deps, decided);
    const { drawLetter } = await import('../../shared/letters/draw-letter.ts');
    const { drawCoverSheets } = await import('../../shared/cover-sheet/draw-cover-sheets.ts');
    const cover = coverSheetSchema.safeParse({ ...verdict, event: verdict.event ?? undefined });
    const files: Record<string, Uint8Array> = {
      [correctionMark(decided.packet_id)]: Buffer.from(howTo(verdict, cover.success), 'utf8'),
      [CORRECTION_NOTICE]: await drawLetter(noticeLetter(notice)),
      ...(cover.success && { [CORRECTION_COVER]: await drawCoverSheets([cover.data]) }),
      [`${PLACES}/`]: new Uint8Array(),
      ...Object.fromEntries(placesOf(verdict).map((place) => [`${PLACES}/${place}/`, new Uint8Array()])),
    };
    return downloadZip(c, `補正セット_${notice.number}`, zipSync(files, { mtime: decided.received_at }));
  });

const placesOf = ({ missing_documents }: Pick<PacketVerdict, 'missing_documents'>): string[] =>
  missing_documents.map(
    (key, n) => `${String(n + 1).padStart(2, '0')}_${documentTitle(key).replaceAll(/[\\/:*?"<>|]/g, '_')}`,
  );

/** A byte order mark, so that older editors read it. */
const howTo = (verdict: PacketVerdict, hasCover: boolean): string =>
  [
    '\ufeff補正セットの使い方',
    '',
    `1. ${CORRECTION_NOTICE} を読み、直すところを確かめます。`,
    `2. 足りない書類と直した書類を「${PLACES}」に入れます。直さない書類は入れなくてかまいません。前に送ったものをそのまま使います。`,
    ...(hasCover ? [`3. 紙をスキャンするときは、${CORRECTION_COVER} を一番上に置きます。`] : []),
    `${hasCover ? 4 : 3}. このフォルダーごと（ZIPのままでも）、受付の「送る」の画面に置きます。このファイルの名前の番号で、前の提出に加わります。`,
    '',
    'このファイルは消さず、名前も変えないでください。',
    ...(verdict.missing_documents.length > 0
      ? ['', '足りない書類：', ...verdict.missing_documents.map((key) => `・${documentTitle(key)}`)]
      : []),
    '',
  ].join('\r\n');
