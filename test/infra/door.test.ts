import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { app } from '../../functions/api/app.ts';
import { DOOR_HEADER } from '../../functions/api/door.ts';
import { resourcesOf, type Template } from '../../host/template.ts';
import { STACK, synthesize } from '../../infra/synthesize.ts';

const assemblyOf = (context: Record<string, string> = {}) =>
  synthesize({ outdir: join(tmpdir(), `uketsuke-door-${process.pid}`), bundle: false, context });
const assembly = assemblyOf();
const template: Template = assembly.getStackByName(STACK).template;
const firewall: Template = assembly.getStackByName(`${STACK}-Door`).template;
const distributionOf = (from: Template) =>
  resourcesOf(from, 'AWS::CloudFront::Distribution')[0]![1].Properties.DistributionConfig;

afterEach(() => vi.unstubAllEnvs());

describe('the door', () => {
  const { DefaultCacheBehavior, Origins, Restrictions, WebACLId } = distributionOf(template);

  it('is the firewall’s, keeps no record, and lets in Japan over HTTPS alone', () => {
    expect(JSON.stringify(WebACLId)).toContain('{"Ref":"WebAcl"}');
    // CACHING_DISABLED of AWS
    expect(DefaultCacheBehavior.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    expect(DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https');
    expect(Restrictions.GeoRestriction).toEqual({ Locations: ['JP'], RestrictionType: 'whitelist' });
  });

  it('adds the secret that the function asks for, and tells browsers to come by HTTPS', () => {
    const [{ HeaderName, HeaderValue }] = Origins[0].OriginCustomHeaders;
    const [, api] = resourcesOf(template, 'AWS::Lambda::Function').find(
      ([, fn]) => fn.Metadata?.['uketsuke:entry'] === 'functions/api/handler.ts',
    )!;
    expect(HeaderName).toBe(DOOR_HEADER);
    expect(api.Properties.Environment.Variables.AUTH_DOOR).toEqual(HeaderValue);
    expect(JSON.stringify(HeaderValue)).toContain('{{resolve:secretsmanager:');
    const [, { Properties }] = resourcesOf(template, 'AWS::CloudFront::ResponseHeadersPolicy')[0]!;
    const { SecurityHeadersConfig } = Properties.ResponseHeadersPolicyConfig;
    expect(SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec).toBe(31_536_000);
  });

  it('is the address to which people come back from the sign-in and the sign-out, and which may upload', () => {
    const [[id] = []] = resourcesOf(template, 'AWS::CloudFront::Distribution');
    const [, client] = resourcesOf(template, 'AWS::Cognito::UserPoolClient')[0]!;
    const [, inbox] = resourcesOf(template, 'AWS::S3::Bucket').find(([name]) =>
      name.startsWith('StorageInbox'),
    )!;
    const { CallbackURLs, LogoutURLs } = client.Properties;
    for (const value of [
      CallbackURLs,
      LogoutURLs,
      inbox.Properties.CorsConfiguration.CorsRules[0].AllowedOrigins,
    ])
      expect(JSON.stringify(value)).toContain(`{"Fn::GetAtt":["${id}","DomainName"]}`);
  });

  it('has the city’s own address where the deployment gives it, with nothing older than TLS 1.2', () => {
    const certificate = 'arn:aws:acm:us-east-1:111111111111:certificate/x';
    const own: Template = assemblyOf({ domain: 'uketsuke.example.jp', certificate }).getStackByName(
      STACK,
    ).template;
    expect(distributionOf(own).Aliases).toEqual(['uketsuke.example.jp']);
    expect(distributionOf(own).ViewerCertificate.MinimumProtocolVersion).toBe('TLSv1.2_2021');
    const [, client] = resourcesOf(own, 'AWS::Cognito::UserPoolClient')[0]!;
    expect(client.Properties.CallbackURLs).toEqual(['https://uketsuke.example.jp/']);
    const [, inbox] = resourcesOf(own, 'AWS::S3::Bucket').find(([name]) => name.startsWith('StorageInbox'))!;
    expect(inbox.Properties.CorsConfiguration.CorsRules[0].AllowedOrigins).toEqual([
      'https://uketsuke.example.jp',
    ]);
    expect(() => assemblyOf({ domain: 'uketsuke.example.jp' })).toThrow('両方書くか');
  });
});

describe('the firewall', () => {
  const [, acl] = resourcesOf(firewall, 'AWS::WAFv2::WebACL')[0]!;
  const { Rules } = acl.Properties;

  it('is in us-east-1, limits the rate of an address, and blocks known bad ones', () => {
    expect(assembly.getStackByName(`${STACK}-Door`).environment.region).toBe('us-east-1');
    expect(acl.Properties.Scope).toBe('CLOUDFRONT');
    const names = Rules.slice(1).map((rule: { Name: string }) => rule.Name);
    expect(names).toEqual([
      'rate',
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
    ]);
  });

  it('blocks every address that is not on the list, where a list is given', () => {
    const [, rule] = Rules[0]['Fn::If'];
    expect(rule.Statement.NotStatement.Statement.IPSetReferenceStatement.Arn).toBeDefined();
    expect(rule.Action).toEqual({ Block: {} });
    const [, set] = resourcesOf(firewall, 'AWS::WAFv2::IPSet')[0]!;
    expect(set.Properties.Addresses).toEqual({ Ref: 'AllowedAddresses' });
  });

  it('samples no request: a request line has receipt numbers', () => {
    expect(JSON.stringify(acl)).not.toContain('"SampledRequestsEnabled":true');
  });
});

describe('the API’s own address', () => {
  it('answers no one who did not come through the door', async () => {
    vi.stubEnv('AUTH_DOOR', 'the secret');
    for (const path of ['/', '/session', '/uploads', '/web/main.js'])
      for (const value of ['', 'guessed'])
        expect((await app.request(path, { headers: { [DOOR_HEADER]: value } })).status, path).toBe(403);
  });

  it('answers who did', async () => {
    vi.stubEnv('AUTH_DOOR', 'the secret');
    const answer = await app.request('/session', { headers: { [DOOR_HEADER]: 'the secret' } });
    expect(answer.status).not.toBe(403);
  });
});
