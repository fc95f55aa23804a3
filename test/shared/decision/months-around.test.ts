import { expect, it } from 'vitest';
import type { DecisionContext } from '../../../shared/decision/decision-context.ts';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { decideUpload } from '../../../shared/flow.ts';
import { loadRegistry } from '../../../shared/registry/registry.ts';
import type { RecordedMonth } from '../../../shared/vocabulary/history.ts';

/** 水戸市, May 2024: a month of 介護予防ケアマネジメント (委託) of an office that provides directly. */
const SAMPLE = 'samples/packets/mito-2024-05.zip';
const month = (month: string, over: Partial<RecordedMonth> = {}): RecordedMonth => ({
  month,
  category: 'yobo_shien_direct',
  used: null,
  same_office: null,
  rested_on: [],
  ...over,
});

async function decide(...months: RecordedMonth[]): Promise<PacketVerdict> {
  const context: DecisionContext = {
    registries: [await loadRegistry('samples/registry/mito.yaml')],
    today: '2024-06-05',
    received: '2024-06-05',
    historyOf: async (_, asked) => months.filter((one) => asked.includes(one.month)),
  };
  for await (const verdict of decideUpload({ name: 'mito.zip', file: SAMPLE }, context)) return verdict;
  throw new Error('the sample has no packet');
}
const codes = ({ findings }: PacketVerdict): string[] => findings.map(({ code }) => code);

it('keeps what it rested on, for the months that follow', async () => {
  const verdict = await decide(month('2024-04'), month('2023-10'));
  expect(verdict.decision).toBe('accept');
  expect(verdict.history_line).toMatchObject({
    certification: '要支援1',
    rested_on: [{ month: '2024-04', category: 'yobo_shien_direct' }],
  });
});

it('names a later month that was decided without this one, and sends it to a person', async () => {
  const verdict = await decide(month('2024-04'), month('2024-06'));
  expect(codes(verdict)).toContain('F_FACT_LATER_MONTH');
  expect(verdict.decision).toBe('review');
  const rested = { rested_on: [{ month: '2024-05', category: 'yobo_cm_itaku' }] };
  expect(codes(await decide(month('2024-04'), month('2024-06', rested)))).not.toContain('F_FACT_LATER_MONTH');
});

it('accepts a 届 that is effective from this month, whatever day an earlier one was filed', async () => {
  const verdict = await decide(month('2024-04', { notification: { date: '2024-05-31' } }));
  expect(verdict.decision).toBe('accept');
});
