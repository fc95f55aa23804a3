import { Hono } from 'hono';
import { checkCover } from '../../shared/cover-sheet/check-cover.ts';
import { isRecord } from '../../shared/cover-sheet/check-value.ts';
import { coverQuestions } from '../../shared/decision/cover-questions.ts';
import { officeView } from '../../shared/decision/office-view.ts';
import { collectBytes } from '../../shared/packet/collect-bytes.ts';
import { EntryTrouble } from '../../shared/packet/entry-trouble.ts';
import type { UploadEntry } from '../../shared/packet/upload-entry.ts';
import { requireOwnPacket } from './caller.ts';
import type { Env } from './env.ts';
import { storedPacket } from './stored-packet.ts';

/** The 送付票 of a packet as a form: the page sends what is filled in as a file that joins the packet. */
export const cover = new Hono<Env>()
  /** What the papers leave open, and what the 送付票 of the packet says already: only items that can be used. */
  .get('/packets/:id/cover', async (c) => {
    const { verdict, entries } = await storedPacket(c, 'packet.json', requireOwnPacket);
    return c.json({ questions: coverQuestions(officeView(verdict)), written: await writtenOn(entries) });
  });

/** More than any 送付票 needs. */
const MOST_BYTES = 1024 ** 2;

/** Folders within folders may have one each: that of the innermost counts first, as for the decision. */
async function writtenOn(entries: UploadEntry[]): Promise<Record<string, unknown>> {
  const covers = entries
    .filter(({ path }) => /(^|\/)packet\.json$/i.test(path))
    .sort((a, b) => a.parts.length - b.parts.length);
  return Object.assign({}, ...(await Promise.all(covers.map(itemsOf))));
}

async function itemsOf(entry: UploadEntry): Promise<Record<string, unknown>> {
  if (entry.withdrawn || entry.trouble || (entry.declaredSize ?? 0) > MOST_BYTES) return {};
  try {
    const text = (await collectBytes(entry.bytes(true))).toString('utf8');
    const raw: unknown = JSON.parse(text);
    return isRecord(raw) ? checkCover(raw, text).value : {};
  } catch (error) {
    // An unreadable one is replaced by what is filled in.
    if (error instanceof SyntaxError || error instanceof EntryTrouble) return {};
    throw error;
  }
}
