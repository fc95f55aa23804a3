import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readDeployment } from '../../infra/deployment.ts';
import { STACK, synthesize } from '../../infra/synthesize.ts';

// Mail is off unless a deployment switches it on (test/security/least-privilege.test.ts); then the sweeper alone may send.
// biome-ignore lint/suspicious/noExplicitAny: a template is free-form
type Any = any;

function sweeperOf(context: Record<string, string>): { environment: Any; mayMail: string[] } {
  const outdir = join(tmpdir(), `uketsuke-mail-${process.pid}`);
  const { template } = synthesize({ outdir, bundle: false, context }).getStackByName(STACK);
  const resources = Object.values(template.Resources as Record<string, Any>);
  const sweep = resources.find(
    ({ Metadata }) => Metadata?.['uketsuke:entry'] === 'functions/sweep/handler.ts',
  );
  const statements = resources
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.map((one: Any) => ({ ...one, role: Properties.Roles[0].Ref })),
    );
  const mayMail = statements
    .filter(({ Action }: Any) => [Action].flat().some((action: string) => action.startsWith('ses:')))
    .map(({ role, Resource }: Any) => `${role.replace(/[0-9A-F]{8}$/, '')} ${JSON.stringify(Resource)}`);
  return { environment: sweep.Properties.Environment.Variables, mayMail };
}

it('is sent by the sweeper from the identity of the deployment', () => {
  const { environment, mayMail } = sweeperOf({ mailFrom: 'desk@city.example', mailNotices: 'on' });
  expect(environment.MAIL_FROM).toBe('desk@city.example');
  expect(environment.PAGE_URL).toBeDefined();
  expect(mayMail).toHaveLength(1);
  expect(mayMail[0]).toMatch(/^SweepStepRole .*identity\/desk@city\.example.*identity\/city\.example/);
});

it('needs a sender', () => {
  const context = (values: Record<string, string>) => (name: string) => values[name];
  expect(() => readDeployment(context({ mailNotices: 'on' }))).toThrow(
    '差出人 (SES で検証したメールアドレス) を mailFrom で',
  );
  expect(() => readDeployment(context({ mailNotices: 'yes' }))).toThrow('on か off');
});
