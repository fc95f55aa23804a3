import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { resourcesOf, type Template, targetOf } from '../../host/template.ts';
import { acknowledge } from '../../infra/nag-exceptions.ts';
import { STACK, synthesize } from '../../infra/synthesize.ts';
import { missingLinks } from './lib/alarm-chain.ts';
import { CLOSED, closedFile } from './lib/closed-file.ts';

// The variant for a city whose people come by a network of its own: -c closed=FILE.
let violations: string[] = [];
const synthesized = (context: Record<string, string>): Template =>
  synthesize({
    outdir: join(tmpdir(), `uketsuke-closed-${process.pid}-${Object.keys(context).length}`),
    bundle: false,
    context,
    check: (stack) => {
      acknowledge(stack);
      const found = new AwsSolutionsChecks().validateScope(stack).violations;
      violations = found.flatMap((one) =>
        one.violatingResources.map((resource) => `${one.ruleName} ${resource.constructPath}`),
      );
    },
  }).getStackByName(STACK).template;
const open = synthesized({});
const template = synthesized({ closed: closedFile() });
const closedViolations = violations;
const one = (type: string) => resourcesOf(template, type)[0]![1].Properties;
const variablesOf = (prefix: string) =>
  resourcesOf(template, 'AWS::Lambda::Function').find(([id]) => id.startsWith(prefix))![1].Properties
    .Environment.Variables;

/** `GET /uploads/{id}` with whether it needs a token, of both APIs. */
function closedRoutes(): Map<string, boolean> {
  const paths = new Map<string, string>();
  const pathOf = (id: string): string => {
    const resource = template.Resources[id];
    if (resource?.Type !== 'AWS::ApiGateway::Resource') return '';
    return `${pathOf(targetOf(resource.Properties.ParentId))}/${resource.Properties.PathPart}`;
  };
  for (const [id] of resourcesOf(template, 'AWS::ApiGateway::Resource')) paths.set(id, pathOf(id));
  return new Map(
    resourcesOf(template, 'AWS::ApiGateway::Method').map(([, { Properties: p }]) => [
      `${p.HttpMethod} ${paths.get(targetOf(p.ResourceId)) ?? '/'}`,
      p.AuthorizationType !== 'NONE',
    ]),
  );
}
const publicRoutes = (): Map<string, boolean> =>
  new Map(
    resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(([, { Properties: p }]) => [
      p.RouteKey,
      p.AuthorizationType !== 'NONE',
    ]),
  );

describe('the door of a city’s own network', () => {
  it('is not there unless the deployment names the network', () => {
    for (const type of ['AWS::ApiGateway::RestApi', 'AWS::EC2::VPCEndpoint', 'AWS::EC2::SecurityGroup'])
      expect(resourcesOf(open, type), type).toEqual([]);
    expect(JSON.stringify(open)).not.toContain('STAFF_DOOR');
  });

  it('has the routes of the public API, and asks for a token where that does', () => {
    expect(closedRoutes()).toEqual(publicRoutes());
    expect(closedRoutes().size).toBeGreaterThan(30);
  });

  it('answers through its endpoint alone, under the name of the city', () => {
    const api = one('AWS::ApiGateway::RestApi');
    expect(api.EndpointConfiguration.Types).toEqual(['PRIVATE']);
    expect(api.BinaryMediaTypes).toEqual(['*/*']);
    const name = one('AWS::ApiGateway::DomainNameV2');
    expect(name).toMatchObject({ DomainName: CLOSED.domain, EndpointConfiguration: { Types: ['PRIVATE'] } });
    for (const { Policy } of [api, name])
      for (const statement of Policy.Statement) {
        const { 'aws:SourceVpce': endpoint } = statement.Condition.StringEquals;
        expect(template.Resources[targetOf(endpoint)]!.Type).toBe('AWS::EC2::VPCEndpoint');
      }
    expect(one('AWS::ApiGateway::DomainNameAccessAssociation').AccessAssociationSourceType).toBe('VPCE');
  });

  it('lets the ranges of the city come, and uploads begin, and nothing else', () => {
    const group = one('AWS::EC2::SecurityGroup');
    expect(group.SecurityGroupIngress.map((rule: { CidrIp: string }) => rule.CidrIp)).toEqual(CLOSED.clients);
    const actions = resourcesOf(template, 'AWS::EC2::VPCEndpoint').map(
      ([, { Properties: p }]) => p.PolicyDocument.Statement[0].Action,
    );
    expect(actions.sort()).toEqual(['execute-api:Invoke', 's3:PutObject']);
    const inbox = resourcesOf(template, 'AWS::S3::Bucket').find(([id]) => id.startsWith('StorageInbox'))![1];
    const [{ AllowedOrigins }] = inbox.Properties.CorsConfiguration.CorsRules;
    expect(AllowedOrigins).toContain(`https://${CLOSED.domain}`);
  });

  it('gives the API its sign-in and the authorizer the keys, without what verifies nothing', () => {
    expect(variablesOf('Api')).toMatchObject({
      STAFF_DOOR: 'closed',
      CLOSED_ISSUER: 'https://idp.city.example',
    });
    expect(JSON.parse(variablesOf('ClosedAuthorizer').CLOSED_KEYS)).toEqual({
      keys: [{ kid: 'k1', kty: 'RSA', alg: 'RS256', n: 'n', e: 'AQAB' }],
    });
  });

  it('gives its authorizer no right but to write its log', () => {
    const [, policy] = resourcesOf(template, 'AWS::IAM::Policy').find(([id]) =>
      id.startsWith('ClosedAuthorizer'),
    )!;
    const actions = policy.Properties.PolicyDocument.Statement.flatMap(
      (one: { Action: string[] }) => one.Action,
    );
    expect(actions.sort()).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
  });

  it('rings the alarms of the API', () => {
    const runbook = readFileSync(resolve(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
    expect(missingLinks(template, runbook)).toEqual([]);
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(
      ([, { Properties }]) => Properties.MetricName,
    );
    expect(alarms).toContain('ClosedApiFaults');
  });

  it('passes cdk-nag with its explained exceptions', () => {
    expect(closedViolations).toEqual([]);
  });

  it.each([
    ['vpc', { vpc: 'vpc' }],
    ['clients.0', { clients: ['0.0.0.0/0'] }],
    ['issuer', { issuer: 'http://idp.city.example' }],
    ['keys', { keys: [] }],
    ['clinets', { clinets: [] }],
  ])('is refused with the item where the file cannot be used: %s', (item, changes) => {
    expect(() => synthesized({ closed: closedFile(changes) })).toThrow(item);
  });
});
