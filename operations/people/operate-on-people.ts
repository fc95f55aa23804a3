import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { recordStore } from '../../functions/aws.ts';
import { setting } from '../../functions/environment.ts';
import { peopleList } from '../../shared/access/people.ts';
import { auditOf, recordAccess } from '../../shared/records/lifecycle/audit.ts';
import { OperationError, operatorName, parseInput } from '../operation.ts';
import { importPeople } from './import-people.ts';
import { UserPool } from './user-pool.ts';

const importInput = peopleList.extend({ by: operatorName });
const resetInput = z.strictObject({ by: operatorName, mail: z.email() });

/** Changes the accounts of the deployed desk. Records it in the audit trail before. Null: no such operation. */
export async function operateOnPeople(target: string, input: unknown): Promise<object | null> {
  const pool = new UserPool(new CognitoIdentityProviderClient({}), setting('USER_POOL'));
  if (target === 'import') {
    const { by, people } = parseInput(importInput, input);
    await audit(by, target);
    const { invite, change, leave, unchanged } = await importPeople(pool, people);
    return { invited: invite.length, changed: change.length, left: leave.length, unchanged };
  }
  if (target === 'reset-factor') {
    const { by, mail } = parseInput(resetInput, input);
    await audit(by, target);
    if (await pool.resetFactor(mail)) return {};
    throw new OperationError(`${mail} の登録がありません。メールアドレスを確かめてください。`);
  }
  return null;
}

const audit = (by: string, what: string): Promise<void> =>
  recordAccess(
    recordStore(),
    { roles: ['operator'], subject: by },
    { does: 'change', record: auditOf.desk('people'), what: `operate.people.${what}` },
    new Date(),
  );
