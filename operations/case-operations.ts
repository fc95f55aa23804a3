import { join } from 'node:path';
import { z } from 'zod';
import { isOneMachine, recordContext } from '../functions/aws.ts';
import { setting } from '../functions/environment.ts';
import { withUpload } from '../functions/fetch-upload.ts';
import { japanDate } from '../shared/calendar/japan-time.ts';
import { openUpload } from '../shared/packet/open-upload.ts';
import type { PacketFile } from '../shared/packet/packet.ts';
import type { RecordEvent } from '../shared/records/events/event.ts';
import { readLog } from '../shared/records/events/event-log.ts';
import { allRetentions, readRetention } from '../shared/records/events/read-retention.ts';
import { readRedaction } from '../shared/records/events/read-upload.ts';
import { auditOf, recordAccess, trailOf } from '../shared/records/lifecycle/audit.ts';
import {
  type CaseContents,
  type CasePacket,
  contentsOf,
  findCase,
  inboxObject,
} from '../shared/records/lifecycle/case-contents.ts';
import { eraseCase, planErasure } from '../shared/records/lifecycle/erase-case.ts';
import { writeExport } from '../shared/records/lifecycle/export-case.ts';
import { keepUntil } from '../shared/records/lifecycle/retention-rule.ts';
import { appendRetention } from '../shared/records/steps/record-retention.ts';
import { type CaseObject, ObjectKeeper } from '../shared/records/store/object-keeper.ts';
import type { RecordContext } from '../shared/records/store/record-context.ts';
import { showRetention } from '../shared/records/views/case-view.ts';
import { actor, OperationError } from './operation.ts';

const by = z.string().trim().min(1);
const asked = {
  complete: z.object({ case: z.string(), on: z.iso.date(), by }),
  hold: z.object({ case: z.string(), by, reason: by }),
  release: z.object({ case: z.string(), by, reason: by }),
  show: z.object({ case: z.string(), by: actor }),
  due: z.object({ by: actor }),
  erase: z.object({ case: z.string(), by, reason: by, really: z.boolean().default(false) }),
  export: z.object({ case: z.string(), out: z.string(), by }),
  trail: z.object({ case: z.string(), by }),
};

type Desk = RecordContext & { keeper: ObjectKeeper; from: Parameters<typeof withUpload>[0] };

/** Retention, erasure, export and trail of a case, asked by an operator. Throws OperationError in words. */
export async function operateOnCase(verb: string, body: unknown): Promise<object | null> {
  if (!(verb in asked)) return null;
  const said = asked[verb as keyof typeof asked].safeParse(body);
  if (!said.success)
    throw new OperationError(
      said.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('\n'),
    );
  const records = recordContext([]);
  const buckets = { inbox: setting('INBOX'), results: setting('RESULTS') };
  const desk: Desk = {
    ...records,
    keeper: new ObjectKeeper(records.s3, buckets, !isOneMachine()),
    from: { s3: records.s3, inbox: buckets.inbox },
  };
  const input = said.data as {
    case: string;
    by: string;
    reason: string;
    on: string;
    out: string;
    really: boolean;
  };
  const note = (does: 'read' | 'change', record: string) =>
    recordAccess(
      desk.store,
      { roles: ['operator'], subject: input.by },
      { does, record, what: `operate.${verb}` },
      desk.now(),
    );
  if (verb === 'due') {
    await note('read', auditOf.desk('retention'));
    return { due: await due(desk) };
  }
  const of = await findCase(desk, input.case);
  if (!of)
    throw new OperationError(
      `案件「${input.case}」はありません。書類一式の番号か 市/人/月 で指定してください。`,
    );
  const contents = await contentsOf(desk, of, eventsOf(desk));
  if (contents.packets.length === 0 && !contents.retention)
    throw new OperationError(`案件「${input.case}」はありません。`);
  const changes = ['complete', 'hold', 'release'].includes(verb) || (verb === 'erase' && input.really);
  await note(changes ? 'change' : 'read', auditOf.case(of));
  if (verb === 'complete') return complete(desk, contents, input);
  if (verb === 'hold' || verb === 'release') return hold(desk, contents, verb === 'hold', input);
  if (verb === 'show') return shown(contents);
  if (verb === 'erase') return erase(desk, contents, input);
  if (verb === 'export') return exportCase(desk, contents, input.out);
  return { trail: await trailOf(desk.store, of) };
}

/** The whole log: a case is named by its own streams, and by uploads that only the log knows. */
const eventsOf = ({ store }: RecordContext): AsyncGenerator<RecordEvent> => readLog(store);

const shown = ({ of, retention, packets, records }: CaseContents) => ({
  of,
  retention,
  packets: packets.map((one) => one.packet_id),
  categories: records.map((one) => one.category),
});

/** 完結の日: entered by a person. The day it may go follows from the rules of the city, or from none. */
async function complete(
  desk: Desk,
  contents: CaseContents,
  said: { on: string; by: string },
): Promise<object> {
  const { of } = contents;
  if (said.on > japanDate(desk.now().toISOString()))
    throw new OperationError(`完結の日 ${said.on} はまだ来ていません。`);
  const categories = new Set(contents.records.filter((one) => !one.superseded).map((one) => one.category));
  // Two kinds of work in one month: the longer keeping counts, and where one has no rule, nothing says it may go.
  const all = [...(categories.size > 0 ? categories : [null])].map((category) =>
    keepUntil(of.city, { month: of.month, category, completed_on: said.on }),
  );
  const until =
    all.find((one) => one.keep_until === null) ??
    all.sort((a, b) => a.keep_until!.localeCompare(b.keep_until!)).at(-1)!;
  await appendRetention(desk, of, {
    type: 'retention.completed',
    completed_on: said.on,
    by: said.by,
    ...until,
  });
  if (until.keep_until)
    await desk.keeper.keepUntil([...contents.objects, ...contents.shared], until.keep_until);
  return showAll(desk, contents);
}

async function hold(
  desk: Desk,
  contents: CaseContents,
  isHeld: boolean,
  said: { by: string; reason: string },
): Promise<object> {
  const type = isHeld ? 'retention.held' : 'retention.released';
  await appendRetention(desk, contents.of, { type, by: said.by, reason: said.reason });
  await desk.keeper.hold(contents.objects, isHeld);
  const shared = isHeld ? contents.shared : await sharedWithoutHold(desk, contents);
  await desk.keeper.hold(shared, isHeld);
  return showAll(desk, contents);
}

/** An upload stays held as long as any other case in it is. */
async function sharedWithoutHold(desk: Desk, contents: CaseContents): Promise<CaseObject[]> {
  const own = new Set(contents.packets.map((one) => one.packet_id));
  const free: CaseObject[] = [];
  for (const { received, answers, isWhole } of contents.uploads) {
    if (isWhole) continue;
    const others = await Promise.all(
      answers
        .filter((one) => !own.has(one.packet_id))
        .map(async ({ packet_id }) => {
          const of = await findCase(desk, packet_id);
          return of ? (await readRetention(desk.store, of))?.hold : null;
        }),
    );
    if (!others.some(Boolean)) free.push(inboxObject(received));
  }
  return free;
}

async function showAll(desk: Desk, contents: CaseContents): Promise<object> {
  const retention = await readRetention(desk.store, contents.of);
  for (const record of contents.records) await showRetention(desk.store, record, retention);
  return shown({ ...contents, retention });
}

/** Cases past their day that nobody holds. */
async function due(
  desk: Desk,
): Promise<{ case: string; completed_on: string; keep_until: string; rule: string | null }[]> {
  const today = japanDate(desk.now().toISOString());
  return (await allRetentions(eventsOf(desk))).flatMap(({ of, state }) => {
    const { completed_on, keep_until, hold, rule } = state;
    if (!completed_on || !keep_until || keep_until >= today || hold) return [];
    return [{ case: `${of.city}/${of.person}/${of.month}`, completed_on, keep_until, rule }];
  });
}

async function erase(
  desk: Desk,
  contents: CaseContents,
  said: { by: string; reason: string; really: boolean },
): Promise<object> {
  const plan = planErasure(desk, contents);
  if (!said.really || plan.why_kept.length > 0) return { erased: null, plan };
  const { by, reason } = said;
  const erased = await eraseCase(desk, desk.keeper, contents, { by, reason });
  return { erased: { erasure: erased.erasure, objects: erased.objects.length }, plan };
}

/** Lends every original file of the case. An upload that is gone already has none. */
async function eachFile(
  desk: Desk,
  { packets, uploads }: CaseContents,
  work: (packet: CasePacket, file: PacketFile, isShared: boolean) => Promise<void>,
): Promise<void> {
  for (const packet of packets) {
    const last = packet.runs.at(-1);
    const upload = last && uploads.find(({ received }) => received.upload_id === last.upload_id);
    if (!last || !upload) continue;
    const { name } = upload.received;
    if (!(await desk.keeper.digest(inboxObject(upload.received)))) continue;
    const verdict = await desk.results.readVerdict(last);
    const named = new Set(verdict.documents.map((one) => one.file));
    const redaction = await readRedaction(desk, upload.received.upload_id);
    await withUpload(desk.from, upload.received, async (file) => {
      let isFound = false;
      for (const isShared of [false, true]) {
        if (isFound) return;
        for await (const { digest, files } of (await openUpload({ name, file, redaction })).packets())
          for (const each of files) {
            // A part of a stack of papers is known by its documents alone; their files are other persons' as well.
            if (isShared ? !named.has(each.path) : digest !== last.digest) continue;
            isFound = true;
            if (each.withdrawn) continue;
            await work(packet, each, isShared);
          }
      }
    });
  }
}

async function exportCase(desk: Desk, contents: CaseContents, out: string): Promise<object> {
  const manifest = await writeExport(desk, contents, join(out), {
    eachFile: (work) => eachFile(desk, contents, work),
    readObject: (object) => desk.keeper.read(object),
  });
  return { files: manifest.length, out };
}
