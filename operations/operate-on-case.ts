import * as z from 'zod';
import { isOneMachine, recordContext } from '../functions/aws.ts';
import { setting } from '../functions/environment.ts';
import { auditOf, recordAccess, trailOf } from '../shared/records/lifecycle/audit.ts';
import { type CaseContents, contentsOf, findCase } from '../shared/records/lifecycle/case-contents.ts';
import { ObjectKeeper } from '../shared/records/store/object-keeper.ts';
import type { Remains } from '../shared/records/store/remains.ts';
import { type CaseContext, eventsOf } from './case-context.ts';
import { eraseCaseOrPlan } from './case-erasure.ts';
import { exportCase } from './case-export.ts';
import { completeCase, describeCase, holdCase, listDueCases, releaseCase } from './case-retention.ts';
import { OperationError, operatorName, parseInput } from './operation.ts';

/** Retention, erasure, export and audit trail of a case. Returns null for an unknown verb. Throws OperationError. */
export async function operateOnCase(verb: string, body: unknown, remains: Remains): Promise<object | null> {
  return Object.hasOwn(OPERATIONS, verb) ? OPERATIONS[verb]!(verb, body, remains) : null;
}

type Run = (verb: string, body: unknown, remains: Remains) => Promise<object>;
type Access = 'read' | 'change';

const caseId = z.string();
const text = z.string().trim().min(1);
const withReason = z.strictObject({ case: caseId, by: text, reason: text });

const OPERATIONS: Record<string, Run> = {
  complete: onCase(
    z.strictObject({ case: caseId, on: z.iso.date(), by: text }),
    () => 'change',
    completeCase,
  ),
  hold: onCase(withReason, () => 'change', holdCase),
  release: onCase(withReason, () => 'change', releaseCase),
  show: onCase(
    z.strictObject({ case: caseId, by: operatorName }),
    () => 'read',
    async (_, contents) => describeCase(contents),
  ),
  erase: onCase(
    withReason.extend({ really: z.boolean().default(false) }),
    ({ really }) => (really ? 'change' : 'read'),
    eraseCaseOrPlan,
  ),
  export: onCase(z.strictObject({ case: caseId, out: z.string(), by: text }), () => 'read', exportCase),
  trail: onCase(
    z.strictObject({ case: caseId, by: text }),
    () => 'read',
    async ({ store }, { of }) => ({ trail: await trailOf(store, of) }),
  ),
  due: async (verb, body, remains) => {
    const { by } = parseInput(z.strictObject({ by: operatorName }), body);
    const context = caseContext(remains);
    await audit(context, verb, by, 'read', auditOf.desk('retention'));
    return { due: await listDueCases(context) };
  },
};

/** An operation on one existing case: parses the input, finds the case, audits the access, runs. */
function onCase<Input extends { case: string; by: string }>(
  schema: z.ZodType<Input>,
  accessOf: (input: Input) => Access,
  run: (context: CaseContext, contents: CaseContents, input: Input) => Promise<object>,
): Run {
  return async (verb, body, remains) => {
    const input = parseInput(schema, body);
    const context = caseContext(remains);
    const contents = await findContents(context, input.case);
    await audit(context, verb, input.by, accessOf(input), auditOf.case(contents.of));
    return run(context, contents, input);
  };
}

function caseContext(remains: Remains): CaseContext {
  const records = recordContext([]);
  const buckets = { inbox: setting('INBOX'), results: setting('RESULTS') };
  return {
    ...records,
    keeper: new ObjectKeeper(records.s3, buckets, !isOneMachine()),
    inbox: { s3: records.s3, inbox: buckets.inbox },
    remains,
  };
}

async function findContents(context: CaseContext, id: string): Promise<CaseContents> {
  const found = await findCase(context, id);
  if (!found)
    throw new OperationError(`案件「${id}」はありません。書類一式の番号か 市/人/月 で指定してください。`);
  const contents = await contentsOf(context, found, eventsOf(context));
  if (contents.packets.length === 0 && !contents.retention)
    throw new OperationError(`案件「${id}」はありません。`);
  return contents;
}

const audit = (
  { store, now }: CaseContext,
  verb: string,
  by: string,
  access: Access,
  record: string,
): Promise<void> =>
  recordAccess(
    store,
    { roles: ['operator'], subject: by },
    { does: access, record, what: `operate.${verb}` },
    now(),
  );
