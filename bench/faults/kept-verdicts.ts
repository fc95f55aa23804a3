import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IntakeDependencies } from '../../functions/intake/dependencies.ts';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { decideUpload } from '../../shared/flow.ts';

const verdicts = new Map<string, string[]>();

/**
 * The domain, with the verdicts of an upload kept by its bytes and its days: the same upload is decided hundreds of
 * times here, always with the same result. Everything around the decision runs each time.
 */
export const kept: IntakeDependencies['domain'] = async () => ({
  ...(await import('../../shared/flow.ts')),
  ...(await import('../../shared/packet/find-packet.ts')),
  decideUpload: async function* (source, desk) {
    if (!('file' in source)) throw new Error('an upload is a file');
    const bytes = await readFile(source.file);
    const digest = createHash('sha256').update(bytes).digest('hex');
    const key = [digest, source.name, desk.today, desk.received].join(' ');
    let known = verdicts.get(key);
    if (!known) {
      known = [];
      for await (const verdict of decideUpload(source, desk)) known.push(JSON.stringify(verdict));
      verdicts.set(key, known);
    }
    for (const verdict of known) yield JSON.parse(verdict) as PacketVerdict;
  },
});
