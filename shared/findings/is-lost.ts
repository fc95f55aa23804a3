import type { Finding } from './finding.ts';

/** Code of what a sender reads of an upload that the desk received and can no longer read. */
export const LOST = 'F_FILE_LOST';

/** Whether a verdict is about such an upload: nothing can be added to it. */
export const isLost = ({ findings }: { findings: readonly Pick<Finding, 'code'>[] }): boolean =>
  findings.some(({ code }) => code === LOST);
