import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resourcesOf, type Template, targetOf } from '../../host/template.ts';
import { STAGES } from '../../infra/settings.ts';
import { STACK, synthesize } from '../../infra/synthesize.ts';
import { missingLinks } from './lib/alarm-chain.ts';

// With copies in another region: the template with the most alarms.
const assembly = synthesize({
  outdir: join(tmpdir(), `uketsuke-alarms-${process.pid}`),
  bundle: false,
  context: { copies: 'ap-northeast-3' },
});
const template: Template = assembly.getStackByName(STACK).template;
const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
const all = (type: string) => resourcesOf(template, type);

describe('every alarm', () => {
  it('is fed by the code, published by its topic, mailed to the operator and explained in the runbook', () => {
    expect(all('AWS::CloudWatch::Alarm').length).toBeGreaterThan(4 * Object.keys(STAGES).length);
    expect(missingLinks(template, runbook)).toEqual([]);
  });

  it.each<[string, (broken: Template) => void, string]>([
    [
      'a topic that does not let CloudWatch publish',
      (broken) => {
        const [, policy] = resourcesOf(broken, 'AWS::SNS::TopicPolicy')[0]!;
        policy.Properties.PolicyDocument.Statement = policy.Properties.PolicyDocument.Statement.filter(
          (one: { Effect: string }) => one.Effect === 'Deny',
        );
      },
      'the topic does not let CloudWatch publish',
    ],
    [
      'a key that does not let CloudWatch encrypt',
      (broken) => {
        const [, key] = resourcesOf(broken, 'AWS::KMS::Key')[0]!;
        key.Properties.KeyPolicy.Statement = key.Properties.KeyPolicy.Statement.filter(
          (one: { Principal: { Service?: string } }) => one.Principal.Service !== 'cloudwatch.amazonaws.com',
        );
      },
      'the key of the topic does not let CloudWatch encrypt',
    ],
    [
      'a topic without a reader',
      (broken) => {
        for (const [id] of resourcesOf(broken, 'AWS::SNS::Subscription')) delete broken.Resources[id];
      },
      'no one is subscribed to the topic',
    ],
    [
      'a word that the code no longer logs',
      (broken) => {
        for (const [, { Properties }] of resourcesOf(broken, 'AWS::Logs::MetricFilter'))
          Properties.FilterPattern = '{ $.what = "was renamed" }';
      },
      'nothing writes what the filter { $.what = "was renamed" } counts',
    ],
    [
      'a queue that is not there',
      (broken) => {
        for (const [id] of resourcesOf(broken, 'AWS::SQS::Queue')) delete broken.Resources[id];
      },
      'its QueueName names no AWS::SQS::Queue',
    ],
  ])('would fail for %s', (_name, change, sentence) => {
    const broken = structuredClone(template);
    change(broken);
    expect(missingLinks(broken, runbook).join('\n')).toContain(sentence);
  });

  it('has a paragraph in the runbook, and every paragraph an alarm', () => {
    const named = new Set(
      all('AWS::CloudWatch::Alarm').map(([, a]) => /#([a-z-]+)$/.exec(a.Properties.AlarmDescription)?.[1]),
    );
    const paragraphs = [...runbook.matchAll(/<a id="([a-z-]+)"><\/a>/g)].map(([, anchor]) => anchor);
    expect(paragraphs.sort()).toEqual([...named].sort());
  });
});

describe('the alarms', () => {
  it('watch every function for errors and throttles', () => {
    const functions = all('AWS::Lambda::Function').map(([id]) => id);
    for (const metric of ['Errors', 'Throttles']) {
      const watched = all('AWS::CloudWatch::Alarm')
        .filter(([, a]) => a.Properties.MetricName === metric)
        .map(([, a]) => targetOf(a.Properties.Dimensions[0].Value));
      expect(watched.sort(), metric).toEqual([...functions].sort());
    }
  });

  it('watch every dead-letter queue', () => {
    const watched = all('AWS::CloudWatch::Alarm')
      .filter(([, a]) => a.Properties.MetricName === 'ApproximateNumberOfMessagesVisible')
      .map(([, a]) => targetOf(a.Properties.Dimensions[0].Value));
    const dead = all('AWS::SQS::Queue').filter(([, q]) => !q.Properties.RedrivePolicy);
    expect(watched.sort()).toEqual(dead.map(([id]) => id).sort());
  });

  it('have one for every metric that is counted in a log', () => {
    const alarmed = all('AWS::CloudWatch::Alarm').map(([, a]) => a.Properties.MetricName);
    for (const [id, { Properties }] of all('AWS::Logs::MetricFilter'))
      expect(alarmed, id).toContain(Properties.MetricTransformations[0].MetricName);
    expect(all('AWS::CloudWatch::Dashboard')).toHaveLength(1);
  });

  it('see an answer of 500 of the API, whose function does not fail, but not a busy 503', () => {
    const [, filter] = all('AWS::Logs::MetricFilter').find(([id]) => id.includes('ApiFaults'))!;
    expect(filter.Properties.FilterPattern).toBe('{ ($.status = "5*") && ($.status != "503") }');
  });

  it('go off when the sweeper does not run', () => {
    const silent = all('AWS::CloudWatch::Alarm').find(([id]) => id.includes('SweepSilent'));
    expect(silent?.[1].Properties.TreatMissingData).toBe('breaching');
  });
});

describe('the address of the alarms', () => {
  it('is a parameter, and is subscribed only where it is given', () => {
    const [, mail] = all('AWS::SNS::Subscription')[0]! as [
      string,
      { Properties: object; Condition?: string },
    ];
    expect(mail.Properties).toMatchObject({ Protocol: 'email', Endpoint: { Ref: 'AlarmEmail' } });
    const { Conditions } = assembly.getStackByName(STACK).template;
    expect(JSON.stringify(Conditions[mail.Condition!])).toContain('{"Ref":"AlarmEmail"}');
  });
});
