import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SplitPapers } from '../../../shared/cover-sheet/papers.ts';
import { PacketsUnderway } from '../../../shared/decision/packets-underway.ts';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';

const person = (insured_number: string) => ({ city: 'mito', insurer_number: '082016', insured_number });
/** Papers of each person, by name; a picture is decided twice. */
const papers = (name: string, isPicture = false) =>
  ({
    packet: { name, files: [] },
    documents: isPicture ? [{ read_by: 'ocr', readings: [] }] : [],
  }) as unknown as SplitPapers;

function make() {
  const asked: string[] = [];
  const records = new Map<string, PromiseWithResolvers<void>>();
  const historyOf = async ({ insured_number }: { insured_number: string }) => {
    asked.push(insured_number);
    await records.get(insured_number)?.promise;
    return [];
  };
  const packets = new PacketsUnderway(
    { registries: [], today: '2024-06-01', historyOf },
    async (own, part, context) => {
      const { name } = own.packet;
      if (name === 'broken') throw new Error('broken');
      if (name !== 'no one') await context.historyOf!(person(name), [], {} as never);
      return {
        packet: name,
        part,
        insured_number: name === 'no one' ? 'a' : name,
      } as unknown as PacketVerdict;
    },
  );
  const hold = (name: string): PromiseWithResolvers<void> => {
    const held = Promise.withResolvers<void>();
    records.set(name, held);
    return held;
  };
  const takeFirst = async () => (await Array.fromAsync(packets.first())).map(({ verdict }) => verdict.packet);
  return { packets, asked, hold, takeFirst };
}

describe('packets of an upload', () => {
  it('of other persons ask the records while the first one waits for them, and are given in order', async () => {
    const { packets, asked, hold, takeFirst } = make();
    const held = hold('a');
    packets.begin(1, [papers('a')]);
    packets.begin(2, [papers('b')]);
    await turn();
    expect(asked).toEqual(['a', 'b']);
    held.resolve();
    expect([...(await takeFirst()), ...(await takeFirst())]).toEqual(['a', 'b']);
  });

  it('of one person ask the records when the one before was taken', async () => {
    const { packets, asked, takeFirst } = make();
    packets.begin(1, [papers('a')]);
    packets.begin(2, [papers('a')]);
    const first = packets.first();
    await first.next();
    await turn();
    expect(asked).toEqual(['a']);
    await first.next();
    await turn();
    expect(asked).toEqual(['a', 'a']);
    expect(await takeFirst()).toEqual(['a']);
  });

  it('wait for one whose verdict alone names their person', async () => {
    const { packets, asked, takeFirst } = make();
    packets.begin(1, [papers('no one')]);
    packets.begin(2, [papers('a')]);
    await turn();
    expect(asked).toEqual([]);
    await takeFirst();
    expect(await takeFirst()).toEqual(['a']);
  });

  it.each([
    ['of several persons', () => [papers('a'), papers('b')]],
    ['with a picture', () => [papers('a', true)]],
  ])('wait for one %s', async (_, parts) => {
    const { packets, asked, takeFirst } = make();
    packets.begin(1, parts());
    packets.begin(2, [papers('c')]);
    await turn();
    expect(asked).toEqual([]);
    expect(await takeFirst()).toEqual(parts().map(({ packet }) => packet.name));
    expect(await takeFirst()).toEqual(['c']);
  });

  it('get their verdicts where the one after them fails', async () => {
    const { packets, takeFirst } = make();
    packets.begin(1, [papers('a')]);
    packets.begin(2, [papers('broken')]);
    packets.fail(new Error('unreadable'));
    await turn();
    expect(await takeFirst()).toEqual(['a']);
    await expect(takeFirst()).rejects.toThrow('broken');
  });

  it('are read ahead up to a number, and while they are small', async () => {
    const { packets, takeFirst } = make();
    const large = {
      ...papers('a'),
      packet: { name: 'a', files: [{ size: 2 ** 25 }] },
    } as unknown as SplitPapers;
    expect(packets.hasRoom(2)).toBe(true);
    packets.begin(1, [papers('b')]);
    expect([packets.hasRoom(1), packets.hasRoom(2)]).toEqual([false, true]);
    packets.begin(2, [large]);
    expect(packets.hasRoom(9)).toBe(false);
    await takeFirst();
    await takeFirst();
    expect(packets.hasRoom(1)).toBe(true);
  });

  it('end where no more verdicts are taken', async () => {
    const { packets, asked } = make();
    packets.begin(1, [papers('a'), papers('b')]);
    packets.begin(2, [papers('c')]);
    await packets.end();
    expect(packets.count).toBe(0);
    expect(asked).toEqual(['c']);
  });
});
