import { setTimeout as sleep } from 'node:timers/promises';

export interface BusyPolicy {
  /** for one request with all its retries */
  timeoutSeconds: number;
  /** called before each pause with a message for the user */
  onWait: (message: string) => void;
}

/** Seconds: the longest pause at the desk's request, and without one. */
const MAX_REQUESTED_PAUSE = 300;
const MAX_BACKOFF = 60;

/** Repeats a request until the desk is no longer busy or the time is up. Returns the last response, whatever it is. */
export async function retryWhileBusy(
  { timeoutSeconds, onWait }: BusyPolicy,
  request: () => Promise<Response>,
): Promise<Response> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (let tries = 0; ; tries++) {
    const response = await request();
    const pause = pauseSeconds(response, tries);
    const remaining = (deadline - Date.now()) / 1000;
    if (pause === null || pause > remaining) return response;
    onWait(
      `受付が混み合っています。${Math.ceil(pause)} 秒後にもう一度試します（あと ${Math.ceil(remaining / 60)} 分まで待ちます）。`,
    );
    await response.body?.cancel();
    await sleep(pause * 1000);
  }
}

/**
 * Null: a retry would not help. Busy is 503 from the desk and from S3, 429 from API Gateway. Up to half the pause is
 * random, so that clients refused at the same moment do not return at the same moment.
 */
function pauseSeconds({ status, headers }: Response, tries: number): number | null {
  if (status !== 429 && status !== 503) return null;
  const requested = retryAfterSeconds(headers.get('retry-after'));
  const pause =
    requested === null
      ? Math.min(2 ** tries, MAX_BACKOFF)
      : Math.min(Math.max(requested, 0.1), MAX_REQUESTED_PAUSE);
  return pause * (1 + Math.random() / 2);
}

/** Retry-After: seconds or an HTTP date. Null: missing or invalid. */
function retryAfterSeconds(header: string | null): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? null : seconds;
}
