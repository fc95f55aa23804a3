import { Hono } from 'hono';
import { readCoverIn } from '../../shared/cover-sheet/read-cover.ts';
import { coverQuestions } from '../../shared/decision/cover-questions.ts';
import { officeView } from '../../shared/decision/office-view.ts';
import { requireOwnPacket } from './caller.ts';
import type { Env } from './env.ts';
import { storedPacket } from './stored-packet.ts';

/** The 送付票 of a packet as a form: the page sends what is filled in as a file that joins the packet. */
export const cover = new Hono<Env>()
  /** What the papers leave open, and what the 送付票 of the packet says already: only items that can be used. */
  .get('/packets/:id/cover', async (c) => {
    const { verdict, entries } = await storedPacket(c, 'packet.json', requireOwnPacket);
    return c.json({
      questions: coverQuestions(officeView(verdict)),
      written: (await readCoverIn(entries)).cover,
    });
  });
