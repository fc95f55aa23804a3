import { fieldChanges } from '../../shared/decision/change-text.ts';
import { compareVerdicts, type EntryChange } from '../../shared/decision/compare-verdicts.ts';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import type { Finding } from '../../shared/findings/finding.ts';
import type { Packet } from '../../shared/packet/packet.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { readActs } from '../../shared/records/events/read-acts.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { readReceived } from '../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { reviewedOf } from '../../shared/records/steps/reviewed-of.ts';
import type { ReplayChange, ReplayWork } from '../../shared/records/store/replay-store.ts';
import { decisionContext } from '../intake/decision-context.ts';
import { withSource } from '../stored-source.ts';
import type { ReplayDependencies } from './dependencies.ts';

/** The edited rules: the folder they are in, and which of them differ. */
export interface EditedRules {
  profiles: string;
  entries: Map<string, EntryChange>;
}

/** What became of the papers at one place of an upload: of one person, or of several on one stack. */
export interface ReplayedPacket {
  /** number of the packet in its upload */
  packet: number;
  decided: number;
  changes: ReplayChange[];
}

/**
 * Decides the packets of one upload twice, by the rules in force and by the edited ones, as of the day of their decision.
 * An upload that no longer holds a packet passes it over.
 * @param after number of the last packet that is done
 * @param visit false: no further packet
 */
export async function replayUpload(
  deps: ReplayDependencies,
  work: ReplayWork,
  { after, rules }: { after: number; rules: EditedRules },
  visit: (one: ReplayedPacket) => Promise<boolean>,
): Promise<void> {
  const upload = await readReceived(deps, work.upload_id);
  const decided = (await Promise.all(work.packets.map((id) => readDecision(deps, id)))).filter(
    (one) => one !== null && one.position.packet > after,
  ) as PacketDecided[];
  if (!upload || decided.length === 0) return;
  const wanted = Map.groupBy(decided, ({ position }) => position.packet);
  const last = Math.max(...wanted.keys());
  const others = Array.from({ length: last }, (_, n) => n + 1).filter((number) => !wanted.has(number));
  const { openUpload, splitUpload } = await deps.domain();
  const { ocrTexts } = await decisionContext(deps, upload);
  await withSource(deps, upload, async (source) => {
    const opened = await openUpload(source);
    for await (const { packet, number } of splitUpload(opened, new Set(others), ocrTexts)) {
      const found = packet ? (wanted.get(number) ?? []) : [];
      const changes: ReplayChange[] = [];
      for (const one of found) {
        const change = await changeOf(deps, { packet: packet!, upload, decided: one }, rules);
        if (change) changes.push(change);
      }
      const decided = found.length;
      if (decided > 0 && !(await visit({ packet: number, decided, changes }))) return;
      if (number >= last) return;
    }
  });
}

interface Decided {
  packet: Packet;
  upload: UploadReceived;
  decided: PacketDecided;
}

async function changeOf(
  deps: ReplayDependencies,
  { packet, upload, decided }: Decided,
  { profiles, entries }: EditedRules,
): Promise<ReplayChange | null> {
  const { decidePacket } = await deps.domain();
  const { part } = decided.position;
  // A later day would move deadlines that no rule has moved.
  const asOfThen = { ...deps, now: () => new Date(decided.at) };
  const acts = await readActs(deps.store, decided.packet_id);
  const context = {
    ...(await decisionContext(asOfThen, upload)),
    reviewed: { part, reviewed: reviewedOf(acts) },
  };
  const [before, after] = [
    (await Array.fromAsync(decidePacket(packet, context)))[part],
    (await Array.fromAsync(decidePacket(packet, { ...context, profiles })))[part],
  ];
  const change = before && after && compareVerdicts(before, after, entries);
  return change ? lineOf(decided, before, after, change) : null;
}

function lineOf(
  { packet_id, person, area, month, office }: PacketDecided,
  before: PacketVerdict,
  after: PacketVerdict,
  change: NonNullable<ReturnType<typeof compareVerdicts>>,
): ReplayChange {
  const codeOf = ({ code, severity }: Finding): string => `${code} ${severity}`;
  return {
    ...{ packet_id, person, area, month, office, before: before.decision, after: after.decision },
    fields: fieldChanges(change),
    added: change.findings.added.map(codeOf),
    removed: change.findings.removed.map(codeOf),
    reworded: change.findings.reworded.length,
    rules: change.rules.map(({ rule }) => rule),
  };
}
