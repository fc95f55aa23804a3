import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { officeView } from '../../shared/decision/office-view.ts';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { UnreadableFile } from '../../shared/documents/unreadable-file.ts';
import { collectBytes } from '../../shared/packet/collect-bytes.ts';
import { EntryTrouble } from '../../shared/packet/entry-trouble.ts';
import type { PageSpan } from '../../shared/packet/packet.ts';
import { fileNumber } from '../../shared/packet/stored-files.ts';
import type { UploadEntry } from '../../shared/packet/upload-entry.ts';
import { type ByteRange, parseRange, sliceOf } from './byte-range.ts';
import { type ApiContext, type Env, PAGE } from './env.ts';
import { query } from './inputs.ts';
import { BYTES, contentTypeOf, mediaOf } from './media-type.ts';
import { notFound, storedPacket } from './stored-packet.ts';

/** The documents of a packet as they were sent: they stay in the upload's ZIP, and are read out of it. */

/** Most bytes of one answer: a function's answer has 6 MB at most, and base64 makes four bytes of three. */
const MOST_BYTES = 4 * 1024 ** 2;

function fileLine(entry: UploadEntry, { documents: read }: PacketVerdict) {
  const { path, shown, withdrawn, trouble, part } = entry;
  const found = read.filter(({ file }) => file === (shown ?? path));
  const reason = trouble?.message ?? (isDivisible(entry) ? null : NOT_DIVISIBLE);
  return {
    file: fileNumber(entry),
    path,
    media: mediaOf(path),
    /** removed: it carried a 個人番号 and is stored nowhere; closed: it cannot be opened, `reason` says why */
    state: withdrawn ? ('removed' as const) : reason ? ('closed' as const) : ('stored' as const),
    reason: withdrawn ? '個人番号（マイナンバー）が書かれていたため、保管していません' : reason,
    /** of a file of several persons the pages of this one, by their numbers in the file as it was sent: what is answered has these alone */
    own_pages: part?.pages ?? null,
    documents: found.map(({ kind, title, read_by, pages, first_page }) => ({
      kind,
      title,
      read_by,
      pages,
      first_page: first_page === undefined ? null : sentPage(entry, first_page),
    })),
  };
}

/** @throws HTTPException 404 where the packet has no such file, 410 where it is not kept or cannot be opened */
async function storedFile(c: ApiContext): Promise<UploadEntry> {
  const wanted = c.req.param('file') ?? '';
  if (!/^\d{1,6}(?:\.\d{1,6}){0,3}$/.test(wanted)) throw notFound();
  const { entries } = await storedPacket(c, wanted);
  const entry = entries.find((one) => fileNumber(one) === wanted);
  if (!entry) throw notFound();
  if (entry.withdrawn)
    throw new HTTPException(410, {
      message: 'このファイルは個人番号（マイナンバー）が書かれていたため、保管していません。',
    });
  if (entry.trouble) throw cannotOpen(entry.trouble);
  if (!isDivisible(entry)) throw new HTTPException(410, { message: `${NOT_DIVISIBLE}。` });
  return entry;
}

async function readFile(
  c: ApiContext,
  entry: UploadEntry,
): Promise<{ bytes: Buffer; size: number; range: ByteRange | null }> {
  const header = c.req.header('range');
  const declared = entry.declaredSize ?? 0;
  const whole = isAsPicture(c, entry)
    ? await officePicture(c, entry)
    : isAsPdf(c, entry)
      ? await pdfOf(c, entry)
      : entry.part?.pages
        ? await pagesOf(c, await collectBytes(openable(entry)), entry.part.pages)
        : // A size that is not declared is known only once the file is unpacked.
          declared === 0
          ? await collectBytes(openable(entry))
          : null;
  const size = whole?.length ?? declared;
  const range = parseRange(header, size, MOST_BYTES);
  if (range === 'unsatisfiable')
    throw new HTTPException(416, { message: 'ファイルの終わりより後ろは読み出せません。' });
  if (!range && size > MOST_BYTES)
    throw new HTTPException(413, {
      message: `このファイルは大きいため、${MOST_BYTES} バイトずつ（Range）読み出してください。`,
    });
  const bytes = whole
    ? whole.subarray(range?.start ?? 0, range?.end ?? size)
    : await sliceOf(openable(entry), range ?? { start: 0, end: size }, size);
  return { bytes, size, range };
}

/** No browser shows a TIFF: `as=pdf` asks for its pages in a PDF; some pages of it are given in no other way. */
const isAsPdf = (c: ApiContext, { path, part }: UploadEntry): boolean =>
  mediaOf(path) === 'tiff' && (c.req.query('as') === 'pdf' || part?.pages !== undefined);

/** `as=picture` with `page`: a picture inside an Office file. */
const isAsPicture = (c: ApiContext, { path }: UploadEntry): boolean =>
  mediaOf(path) === 'office' && c.req.query('as') === 'picture';

/** Pages of one person are taken out of a PDF or TIFF; other files with pages of several are shown to no one. */
const isDivisible = ({ path, part }: UploadEntry): boolean =>
  !part?.pages || mediaOf(path) === 'pdf' || mediaOf(path) === 'tiff';
const NOT_DIVISIBLE = 'ほかの方の書類と一つのファイルになっていて、この方のページだけを取り出せません';

/** A page of a view (shared/cover-sheet/split-stack.ts) by its number in the file that was sent. */
function sentPage({ shown, part }: UploadEntry, page: number): number {
  if (!shown) return page;
  let before = 0;
  for (const { from, to } of part?.pages ?? []) {
    if (page <= before + to - from + 1) return from + page - before - 1;
    before += to - from + 1;
  }
  return page;
}

async function pdfOf(c: ApiContext, entry: UploadEntry): Promise<Buffer> {
  const { tiffToPdf } = await c.var.deps.documents();
  try {
    const pdf = Buffer.from(tiffToPdf(await collectBytes(openable(entry))));
    return entry.part?.pages ? await pagesOf(c, pdf, entry.part.pages) : pdf;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new HTTPException(410, { message: 'この TIFF は壊れているため、表示できません。' });
  }
}

/** Pages of one person out of a PDF of several. */
async function pagesOf(c: ApiContext, bytes: Buffer, pages: PageSpan[]): Promise<Buffer> {
  const { ownPages } = await c.var.deps.documents();
  const own = await ownPages(bytes, pages);
  if (!own) throw new HTTPException(410, { message: `${NOT_DIVISIBLE}。` });
  return Buffer.from(own);
}

const cannotShow = (): HTTPException =>
  new HTTPException(410, { message: 'このファイルは壊れているか保護されているため、表示できません。' });

/** A page number as the readings count. @throws HTTPException 400 */
function pageNumber(c: ApiContext): number {
  const page = Number(c.req.query('page') ?? '1');
  if (Number.isInteger(page) && page >= 1) return page;
  throw new HTTPException(400, { message: 'ページ (page) は 1 からの数で指定してください。' });
}

async function officePicture(c: ApiContext, entry: UploadEntry): Promise<Buffer> {
  const { pictureInOffice } = await c.var.deps.documents();
  const picture = await pictureInOffice(await collectBytes(openable(entry)), pageNumber(c));
  if (!picture) throw cannotShow();
  return Buffer.from(picture);
}

/** The bytes of an entry; what is wrong with the ZIP is an answer, not a fault. */
async function* openable(entry: UploadEntry): AsyncGenerator<Buffer> {
  try {
    yield* entry.bytes(true);
  } catch (error) {
    throw error instanceof EntryTrouble ? cannotOpen(error) : error;
  }
}

const cannotOpen = ({ message, code }: EntryTrouble): HTTPException =>
  new HTTPException(410, {
    message: `このファイルは開けません（${message}）。${code === 'F_ZIP_DAMAGED' ? DAMAGED_SINCE : ''}`,
  });

const DAMAGED_SINCE =
  '通知にこのファイルの指摘がなければ、受け付けた後に壊れています。受付の担当者に、バックアップから戻すよう伝えてください。';

/** Shown beside the page and never run: fixed types, a sandbox without scripts, kept by no cache. */
function headersOf(path: string, type: string): Record<string, string> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    'content-type': type,
    'content-disposition': `${type !== BYTES ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'self'",
    'cache-control': 'private, no-store',
  };
}

export const documents = new Hono<Env>()
  /** The files of a packet, and what each was read as. */
  .get('/packets/:id/files', async (c) => {
    const { decided, entries } = await storedPacket(c);
    const verdict = officeView(await c.var.deps.results.readVerdict(decided));
    return c.json({ packet_id: decided.packet_id, files: entries.map((entry) => fileLine(entry, verdict)) });
  })
  /** The bytes of one file, `MOST_BYTES` at most: of a larger one the caller asks for ranges. */
  .get('/packets/:id/files/:file', query('as', 'page'), async (c) => {
    const entry = await storedFile(c);
    const { bytes, size, range } = await readFile(c, entry);
    c.header('accept-ranges', 'bytes');
    if (range) c.header('content-range', `bytes ${range.start}-${range.end - 1}/${size}`);
    const type = isAsPdf(c, entry)
      ? 'application/pdf'
      : isAsPicture(c, entry)
        ? BYTES
        : contentTypeOf(entry.path);
    return c.body(new Uint8Array(bytes), range ? 206 : 200, headersOf(entry.path, type));
  })
  /** One CSV file as a table with the standard's column names, `PAGE` rows from the row `from`. */
  .get('/packets/:id/files/:file/rows', query('from'), async (c) => {
    const entry = await storedFile(c);
    if (mediaOf(entry.path) !== 'csv') throw notFound();
    const from = Number(c.req.query('from') ?? '1');
    if (!Number.isInteger(from) || from < 1)
      throw new HTTPException(400, { message: '行 (from) は 1 からの数で指定してください。' });
    const { csvTable } = await c.var.deps.documents();
    const bytes = await collectBytes(openable(entry));
    return c.json({
      path: entry.path,
      ...csvTable(entry.path, bytes, { from, most: PAGE, spans: entry.part?.rows?.spans }),
    });
  })
  /** One page of an Office file as it was read: its cells and lines with their places. A picture inside is bytes (`as=picture`). */
  .get('/packets/:id/files/:file/page', query('page'), async (c) => {
    const entry = await storedFile(c);
    if (mediaOf(entry.path) !== 'office') throw notFound();
    const page = pageNumber(c);
    const { officePage } = await c.var.deps.documents();
    const shown = await officePage(await collectBytes(openable(entry)), page);
    if (!shown) throw cannotShow();
    if (page > shown.count) throw notFound();
    return c.json(shown);
  });
