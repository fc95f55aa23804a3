import { waitingMail } from '../../shared/letters/waiting-mail.ts';
import { sweepMails } from '../../shared/records/recovery/sweep-mails.ts';
import type { RecordContext } from '../../shared/records/store/record-context.ts';
import { cityLabel } from '../../shared/vocabulary/labels.ts';
import type { SendMail } from './send-mail.ts';

interface Mailing extends Pick<RecordContext, 'store' | 'now'> {
  sendMail: SendMail | null;
  /** address of the page */
  pageUrl: string;
}

/** Mails what waits to centers and offices of the cities that switched mail on, where the deployment sends mail. */
export async function tellWhatWaits({
  store,
  now,
  sendMail,
  pageUrl,
}: Mailing): Promise<{ told: number; errors: unknown[] }> {
  if (!sendMail) return { told: 0, errors: [] };
  return sweepMails(store, now(), async ({ city, to, number, day, waiting }) => {
    const mail = waitingMail(waiting, cityLabel(city), pageUrl);
    if (!mail) return false;
    await sendMail(to, mail, `${day}-${city}-${number}`);
    return true;
  });
}
