import type { Person } from '../../shared/access/people.ts';
import { OperationError } from '../operation.ts';
import { type PeoplePlan, planPeople } from './plan-people.ts';
import type { UserPool } from './user-pool.ts';

/** Makes the accounts of the user pool those of the list. Repeated after an interruption, it does the rest. */
export async function importPeople(pool: UserPool, people: readonly Person[]): Promise<PeoplePlan> {
  // An empty list would lock everyone out; a city that ends the desk removes the stack.
  if (!people.some(({ role }) => role === 'operator'))
    throw new OperationError(
      '名簿に「運用」の人がいません。だれも登録を変えられなくなるため、取り込みません。',
    );
  const plan = planPeople(people, await pool.accounts());
  for (const person of plan.invite) await pool.invite(person);
  for (const { person, account } of plan.change) await pool.change(person, account);
  for (const { mail } of plan.leave) await pool.deactivate(mail);
  return plan;
}
