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
  let secret = await storedSecret(store);
  if (!secret) {
    await store.putOnce('registries', { ...SECRET, secret: newSecret() });
    secret = await storedSecret(store);
  }
  return keyWith(secret!);
}

/** The same for a reader that stores nothing. Before the first upload there is no secret, and no record under any key. */
export const personKeyOfReader = async (store: RecordStore): Promise<PersonKey> =>
  keyWith((await storedSecret(store)) ?? newSecret());

const SECRET = { city: '_desk', entry: 'person-key' };
const newSecret = (): string => randomBytes(32).toString('base64');

const storedSecret = async (store: RecordStore): Promise<string | undefined> =>
  (await store.get<{ secret: string }>('registries', SECRET))?.secret;

function keyWith(secret: string): PersonKey {
  const bytes = Buffer.from(secret, 'base64');
  return (insurer, insured) =>
    `p${createHmac('sha256', bytes).update(`${insurer}|${insured}`).digest('base64url').slice(0, 22)}`;
}
