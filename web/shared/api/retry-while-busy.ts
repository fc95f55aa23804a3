/** Seconds: for all retries of one request, and for one pause. */
const RETRY_TIMEOUT = 15 * 60;
const MAX_PAUSE = 300;

interface BusyResponse {
  status: number;
  headers: { get(name: string): string | null };
}

/**
 * Repeats a request while the desk is busy: 503 from the desk and from S3, 429 from API Gateway. Returns the last
 * response, whatever it is.
 * @param onWait called each second of a pause with the seconds left
 */
export async function retryWhileBusy<R extends BusyResponse>(
  request: () => Promise<R>,
  onWait: (secondsLeft: number) => void = () => {},
): Promise<R> {
  const until = Date.now() + RETRY_TIMEOUT * 1000;
  for (let tries = 0; ; tries++) {
    const response = await request();
    if (response.status !== 429 && response.status !== 503) return response;
    const requested = Number(response.headers.get('retry-after')) || Math.min(2 ** tries, 60);
    // Clients refused at the same moment must not return at the same moment.
    const pause = Math.ceil(Math.min(requested, MAX_PAUSE) * (1 + Math.random() / 2));
    if (Date.now() + pause * 1000 > until) return response;
    for (let left = pause; left > 0; left--) {
      onWait(left);
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}
