import { createHmac, randomBytes } from 'node:crypto';
import type { RecordStore } from './record-store.ts';

/** The key of a person, which queues, keys and logs may carry. */
export type PersonKey = (insurerNumber: string, insuredNumber: string) => string;

/**
 * A keyed digest: ten digits can be tried out in seconds, so a plain digest of the number would not hide it. The secret is
 * made once by a conditional write and stored in the encrypted registries table; who may read that table may also read
 * the persons.
 */
export async function personKeyOf(store: RecordStore): Promise<PersonKey> {
  const key = { city: '_desk', entry: 'person-key' };
  let item = await store.get<{ secret: string }>('registries', key);
  if (!item) {
    await store.putOnce('registries', { ...key, secret: randomBytes(32).toString('base64') });
    item = await store.get<{ secret: string }>('registries', key);
  }
  const secret = Buffer.from(item!.secret, 'base64');
  return (insurer, insured) =>
    `p${createHmac('sha256', secret).update(`${insurer}|${insured}`).digest('base64url').slice(0, 22)}`;
}
