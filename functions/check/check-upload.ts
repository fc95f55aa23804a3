import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sender } from '../../shared/access/sender.ts';
import { officeView } from '../../shared/decision/office-view.ts';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { scratchFolder } from '../../shared/packet/scratch-folder.ts';
import type { UploadSource } from '../../shared/packet/upload-source.ts';
import type { JoinsPacket } from '../../shared/records/events/upload-events.ts';
import { packetState } from '../../shared/vocabulary/packet-state.ts';
import { decisionContext } from '../intake/decision-context.ts';
import { withJoined } from '../stored-source.ts';
import type { coverFormOf } from './cover-form.ts';
import type { CheckDependencies } from './dependencies.ts';

/** Most packets of one answer, and the time for them, ms: the API waits 29 s. */
const MOST_PACKETS = 200;
const TIME_BUDGET_MS = 20_000;

export interface CheckedUpload {
  name: string;
  bytes: Buffer;
  sender: Sender;
  /** the stored packet that the files complete */
  joins?: JoinsPacket | undefined;
}

/**
 * Decides an upload as the intake would, with the registries and the sender's own records of today, and stores nothing. Pictures are not
 * read here: their packets would be decided again after the upload. What was read of stored ones is used.
 */
export async function checkUpload(
  deps: Pick<CheckDependencies, 'store' | 'now' | 'personKey' | 'domain' | 's3' | 'inbox' | 'scans'>,
  { name, bytes, sender, joins }: CheckedUpload,
) {
  const started = Date.now();
  const { coverFormOf, decideOpened, openUpload } = await deps.domain();
  const upload = { at: deps.now().toISOString(), sender };
  const records = await decisionContext({ ...deps, personKey: await deps.personKey() }, upload);
  // A check leaves no trace: guessing numbers, an office would learn who serves a person.
  const context = { ...records, claimantsOf: undefined };
  const packets: CheckedPacket[] = [];
  let isWhole = true;
  const decide = async (source: UploadSource): Promise<void> => {
    const opened = await openUpload(source);
    for await (const { position, verdict } of decideOpened(opened, context)) {
      // What joins a stored packet has a form there.
      const cover = joins ? null : await coverFormOf(opened.groups, position.packet, verdict);
      packets.push({ ...checkedPacket(verdict), number: position.packet, cover });
      isWhole = packets.length < MOST_PACKETS && Date.now() - started <= TIME_BUDGET_MS;
      if (!isWhole) break;
    }
  };
  await withFile(bytes, (file) =>
    joins
      ? withJoined(deps, joins, (joined) => decide({ name, file, joins: joined }))
      : decide({ name, file }),
  );
  return { name, packets: withOwnCovers(packets), is_whole: isWhole };
}

interface CheckedPacket extends ReturnType<typeof checkedPacket> {
  /** in the upload, from 1; the parts of a stack of papers have the same */
  number: number;
  /** null where the packet can have no 送付票 of its own */
  cover: Awaited<ReturnType<typeof coverFormOf>>;
}

/** One 送付票 would count for every part of a stack of papers. */
function withOwnCovers(packets: CheckedPacket[]): CheckedPacket[] {
  const parts = Map.groupBy(packets, ({ number }) => number);
  return packets.map((one) => (parts.get(one.number)!.length > 1 ? { ...one, cover: null } : one));
}

/** What the office would read of a packet. */
function checkedPacket(whole: PacketVerdict) {
  const verdict = officeView(whole);
  const { packet, packet_id, insured_number, name, service_month, event, category, decision } = verdict;
  return {
    packet,
    packet_id,
    insured_number,
    name,
    service_month,
    event,
    category,
    state: packetState({ decision }, null),
    findings: verdict.findings,
    missing_documents: verdict.missing_documents,
    ledger: verdict.ledger,
    /** files of which pages hold a picture that is read only once it was sent */
    unread: verdict.documents.filter(({ read_by, unread_pages }) => read_by === 'none' || unread_pages)
      .length,
  };
}

/** Lends the bytes as a file, which is removed in any case. */
async function withFile(bytes: Buffer, work: (file: string) => Promise<void>): Promise<void> {
  const scratch = scratchFolder();
  try {
    const file = join(scratch, 'upload');
    await writeFile(file, bytes);
    await work(file);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
