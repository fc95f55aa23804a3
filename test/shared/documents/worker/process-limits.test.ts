import { expect, it } from 'vitest';
import { STAGES } from '../../../../infra/settings.ts';
import { PROCESS_LIMITS, readersAtOnce } from '../../../../shared/documents/worker/process-limits.ts';

it('lets as many readers run as fit into the memory, and one in any case', () => {
  expect(readersAtOnce(8, 64_000)).toBe(4);
  expect(readersAtOnce(2, 64_000)).toBe(2);
  expect(readersAtOnce(8, 2600)).toBe(2);
  expect(readersAtOnce(8, 512)).toBe(1);
});

it('leaves the intake its own memory beside one reader that is full', () => {
  expect(readersAtOnce(8, STAGES.intake.memoryMb)).toBe(1);
  expect(STAGES.intake.memoryMb - PROCESS_LIMITS.megabytes).toBeGreaterThanOrEqual(512);
});
