import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { zipOf } from '../builders/zip.ts';
import { type BasePacket, basePackets } from './lib/base-packets.ts';
import { KINDS } from './lib/case-kinds.ts';
import { hostileCase } from './lib/hostile-case.ts';
import { judgeCase } from './lib/judge-case.ts';

// A sample of bench/hostile.ts, which sends more than ten thousand; the same cases every time unless HOSTILE_SEED is
// set. A failure prints its number, and `node bench/hostile.ts --only KIND --one NUMBER` repeats it.
const seed = Number(process.env.HOSTILE_SEED ?? 1);

let bases: BasePacket[];
beforeAll(async () => {
  bases = await basePackets();
});

const RUNS = 5;

describe.each(KINDS)('hostile input: %s', (kind) => {
  it('never throws, is never accepted when something is lost, and is reported with an existing place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 2 ** 31 }), async (number) => {
        const { crashes, silent, places } = await judgeCase(hostileCase(kind, number, bases));
        expect({ crashes, silent, places }).toEqual({ crashes: [], silent: [], places: [] });
      }),
      // A number is a seed: a smaller number is another case, not a simpler one.
      { seed, numRuns: RUNS, endOnFailure: true },
    );
  });
});

describe('the judge of hostile input', () => {
  it('fails an accepted packet in which something was lost', async () => {
    for (const { files } of bases) {
      const bytes = zipOf(Object.fromEntries(files));
      const paths = [...files.keys()];
      const lost = {
        kind: 'CSV, built',
        what: 'nothing',
        name: 'upload.zip',
        bytes,
        paths,
        damage: 'lost',
      } as const;
      const { silent, crashes, places } = await judgeCase({ ...lost, spoilt: paths[0]! });
      expect(silent).toEqual([
        expect.stringMatching(/^accepted/),
        expect.stringMatching(/named by no finding$/),
      ]);
      expect([crashes, places]).toEqual([[], []]);
    }
  });
});
