import { faultCode, isProgrammingError, reportFaultsTo } from '../faults/report-fault.ts';
import type { JobAnswer } from './isolated-process.ts';

/**
 * The child's side of isolated-process.ts: does the jobs that the parent sends, one at a time, and sends back each result
 * with the faults met on the way. `work` throws only when this process is incomplete.
 */
export function serveJobs<Job, Result>(work: (job: Job) => Promise<Result>): void {
  const faults: string[] = [];
  reportFaultsTo((code) => faults.push(code));
  const send = (answer: JobAnswer<Result>, then = (): void => {}): void => void process.send?.(answer, then);
  // A mistake of the program outside of any `await` ends the process like a crash, but is not the file's doing.
  process.on('uncaughtException', (error) => {
    if (isProgrammingError(error)) send({ kind: 'fault', code: faultCode(error) }, () => process.exit(1));
    else process.exit(1);
  });
  process.on('message', async (job: Job) => {
    try {
      send({ kind: 'done', result: await work(job), faults: faults.splice(0) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      send({ kind: 'incomplete', code: faultCode(error), message });
    }
  });
  process.send?.('ready');
}
