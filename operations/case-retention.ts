import { japanDate } from '../shared/calendar/japan-time.ts';
import { allRetentions, readRetention } from '../shared/records/events/read-retention.ts';
import {
  type CaseContents,
  caseName,
  findCase,
  inboxObject,
} from '../shared/records/lifecycle/case-contents.ts';
import { keepUntil } from '../shared/records/lifecycle/retention-rule.ts';
import { appendRetention } from '../shared/records/steps/record-retention.ts';
import type { CaseObject } from '../shared/records/store/object-keeper.ts';
import { showRetention } from '../shared/records/views/case-view.ts';
import { type CaseContext, eventsOf } from './case-context.ts';
import { OperationError } from './operation.ts';

/** Records 完結の日, which a person enters. The end of the retention period follows from the city's rules, if any. */
export async function completeCase(
  context: CaseContext,
  contents: CaseContents,
  { on, by }: { on: string; by: string },
): Promise<object> {
  if (on > today(context)) throw new OperationError(`完結の日 ${on} はまだ来ていません。`);
  const retention = retentionOf(contents, on);
  await appendRetention(context, contents.of, {
    type: 'retention.completed',
    completed_on: on,
    by,
    ...retention,
  });
  if (retention.keep_until)
    await context.keeper.keepUntil([...contents.objects, ...contents.shared], retention.keep_until);
  return refreshAndDescribe(context, contents);
}

export async function holdCase(
  context: CaseContext,
  contents: CaseContents,
  { by, reason }: { by: string; reason: string },
): Promise<object> {
  await appendRetention(context, contents.of, { type: 'retention.held', by, reason });
  await context.keeper.hold(contents.objects, true);
  await context.keeper.hold(contents.shared, true);
  return refreshAndDescribe(context, contents);
}

export async function releaseCase(
  context: CaseContext,
  contents: CaseContents,
  { by, reason }: { by: string; reason: string },
): Promise<object> {
  await appendRetention(context, contents.of, { type: 'retention.released', by, reason });
  await context.keeper.hold(contents.objects, false);
  await context.keeper.hold(await sharedWithoutOtherHold(context, contents), false);
  return refreshAndDescribe(context, contents);
}

export const describeCase = ({ of, retention, packets, records }: CaseContents): object => ({
  of,
  retention,
  packets: packets.map((packet) => packet.packet_id),
  categories: records.map((record) => record.category),
});

export interface DueCase {
  case: string;
  completed_on: string;
  keep_until: string;
  rule: string | null;
  /** its erasure has begun and was interrupted: the same erasure again ends it */
  is_erasing: boolean;
}

/** Cases past the end of their retention period that are not on hold, and those whose erasure was interrupted. */
export async function listDueCases(context: CaseContext): Promise<DueCase[]> {
  return (await allRetentions(eventsOf(context))).flatMap(({ of, state }) => {
    const { completed_on, keep_until, hold, rule, erasure } = state;
    const is_erasing = erasure !== null;
    if (!completed_on || !keep_until) return [];
    if (!is_erasing && (keep_until >= today(context) || hold)) return [];
    return [{ case: caseName(of), completed_on, keep_until, rule, is_erasing }];
  });
}

const today = ({ now }: CaseContext): string => japanDate(now().toISOString());

/** With two categories in one month the longer period counts; if one has no rule, the end stays open. */
function retentionOf({ of, records }: CaseContents, completedOn: string): ReturnType<typeof keepUntil> {
  const categories = new Set(records.filter((record) => !record.superseded).map((record) => record.category));
  const periods = [...(categories.size > 0 ? categories : [null])].map((category) =>
    keepUntil(of.city, { month: of.month, category, completed_on: completedOn }),
  );
  return (
    periods.find((period) => period.keep_until === null) ??
    periods.sort((a, b) => a.keep_until!.localeCompare(b.keep_until!)).at(-1)!
  );
}

/** Shared uploads in which no other case is on hold. */
async function sharedWithoutOtherHold(context: CaseContext, contents: CaseContents): Promise<CaseObject[]> {
  const ownPackets = new Set(contents.packets.map((packet) => packet.packet_id));
  const released: CaseObject[] = [];
  for (const { received, answers, isWhole } of contents.uploads) {
    if (isWhole) continue;
    const holds = await Promise.all(
      answers
        .filter(({ packet_id }) => !ownPackets.has(packet_id))
        .map(async ({ packet_id }) => {
          const other = await findCase(context, packet_id);
          return other ? (await readRetention(context.store, other))?.hold : null;
        }),
    );
    if (!holds.some(Boolean)) released.push(inboxObject(received));
  }
  return released;
}

async function refreshAndDescribe(context: CaseContext, contents: CaseContents): Promise<object> {
  const retention = await readRetention(context.store, contents.of);
  for (const record of contents.records) await showRetention(context.store, record, retention);
  return describeCase({ ...contents, retention });
}
