import type { VerdictLostError } from '../store/result-store.ts';

/** Decides a packet again whose stored verdict is lost (functions/intake/restore-verdict.ts). */
export type RestoreVerdict = (lost: VerdictLostError) => Promise<void>;

/** Runs `work`; where it needs a verdict that is lost, the verdict is restored and the work repeated. */
export async function withRestoredVerdicts<T>(work: () => Promise<T>, restore: RestoreVerdict): Promise<T> {
  for (const restored = new Set<string>(); ; ) {
    try {
      return await work();
    } catch (error) {
      // Restored and lost once more: something destroys them.
      if (!isVerdictLost(error) || restored.has(error.verdict_key)) throw error;
      restored.add(error.verdict_key);
      await restore(error);
    }
  }
}

const isVerdictLost = (error: unknown): error is VerdictLostError =>
  error instanceof Error && error.name === 'VerdictLost';
