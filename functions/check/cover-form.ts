import { readCoverIn } from '../../shared/cover-sheet/read-cover.ts';
import { coverQuestions } from '../../shared/decision/cover-questions.ts';
import { officeView } from '../../shared/decision/office-view.ts';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { coverPath } from '../../shared/packet/cover-path.ts';
import type { EntryGroup } from '../../shared/packet/group-entries.ts';

/**
 * The 送付票 of a checked packet as a form: what its papers leave open, what it states already, and where it is in the upload.
 * @param number of the packet in the upload, from 1
 * @returns null where the packet is no folder of its own: a 送付票 would count for other persons as well
 */
export async function coverFormOf(groups: readonly EntryGroup[], number: number, verdict: PacketVerdict) {
  const group = groups[number - 1];
  const path = group && !verdict.files ? coverPath(group, groups) : null;
  if (!group || !path) return null;
  return {
    path,
    questions: coverQuestions(officeView(verdict)),
    written: (await readCoverIn(group.entries)).cover,
  };
}
