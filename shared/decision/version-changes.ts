import type { Finding } from '../findings/finding.ts';
import type { PacketVerdict } from './verdict.ts';

/** What a later version of a packet brings: files, and findings that are gone or new. */
export interface VersionChanges {
  added: string[];
  /** same name, other contents */
  replaced: string[];
  removed: string[];
  same: number;
  gone: ChangedFinding[];
  fresh: ChangedFinding[];
}

type ChangedFinding = Pick<Finding, 'code' | 'severity' | 'message'>;

/** Compares two versions by the names and digests of their files, and by what their findings ask for. */
export function versionChanges(before: PacketVerdict, after: PacketVerdict): VersionChanges {
  const [old, now] = [filesOf(before), filesOf(after)];
  const names = [...now.keys()];
  const digests = new Set(old.values());
  return {
    added: names.filter((name) => !old.has(name) && !digests.has(now.get(name)!)),
    replaced: names.filter((name) => old.has(name) && old.get(name) !== now.get(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    same: names.filter((name) => old.get(name) === now.get(name)).length,
    gone: missingFrom(before, after),
    fresh: missingFrom(after, before),
  };
}

/** Digest by name; a document without one is known by its file and kind. */
const filesOf = ({ documents }: PacketVerdict): Map<string, string> =>
  new Map(documents.map(({ file, digest, kind }) => [baseName(file), digest ?? `${file} ${kind}`]));

const baseName = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

/** Findings of `a` that `b` does not have, by code, rule and what has to be done. */
function missingFrom(a: PacketVerdict, b: PacketVerdict): ChangedFinding[] {
  const key = ({ code, rule, remedy }: Finding): string => JSON.stringify([code, rule, remedy]);
  const others = new Set(b.findings.map(key));
  return a.findings
    .filter((finding) => finding.severity !== 'info' && !others.has(key(finding)))
    .map(({ code, severity, message }) => ({ code, severity, message }));
}
