import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { type Resource, resourcesOf, type Template, targetOf } from '../../../host/template.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Metrics that a service writes by itself, and the resources that their dimension names. */
const SERVICES: Record<string, { type: string; dimension: string; metrics: string[] }> = {
  'AWS/SQS': {
    type: 'AWS::SQS::Queue',
    dimension: 'QueueName',
    metrics: ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'],
  },
  'AWS/Backup': {
    type: 'AWS::Backup::BackupVault',
    dimension: 'BackupVaultName',
    metrics: ['NumberOfBackupJobsFailed', 'NumberOfCopyJobsFailed'],
  },
  'AWS/Lambda': {
    type: 'AWS::Lambda::Function',
    dimension: 'FunctionName',
    metrics: ['Errors', 'Throttles', 'Invocations'],
  },
};

/**
 * Follows every alarm from the code that feeds its metric to the mail that the operator reads.
 * Returns one sentence for each link that is missing.
 */
export function missingLinks(template: Template, runbook: string): string[] {
  return resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(([id, { Properties: alarm }]) => {
    const links = [
      ...metricLinks(template, alarm),
      ...deliveryLinks(template, alarm.AlarmActions ?? []),
      ...runbookLinks(runbook, alarm.AlarmDescription),
    ];
    return links.map((link) => `${id}: ${link}`);
  });
}

function metricLinks(template: Template, alarm: Resource['Properties']): string[] {
  const { Namespace, MetricName, Dimensions = [] } = alarm;
  const service = SERVICES[Namespace];
  if (!service) return filterLinks(template, Namespace, MetricName);
  const watched = Dimensions.find((one: { Name: string }) => one.Name === service.dimension);
  const type = template.Resources[targetOf(watched?.Value)]?.Type;
  return [
    ...(service.metrics.includes(MetricName) ? [] : [`${Namespace} has no metric ${MetricName}`]),
    ...(type === service.type ? [] : [`its ${service.dimension} names no ${service.type}`]),
  ];
}

/** A metric of our own is counted in a log that something writes, by a word that is written there. */
function filterLinks(template: Template, namespace: string, metric: string): string[] {
  const filter = resourcesOf(template, 'AWS::Logs::MetricFilter').find(([, { Properties }]) =>
    Properties.MetricTransformations.some(
      (one: { MetricNamespace: string; MetricName: string }) =>
        one.MetricNamespace === namespace && one.MetricName === metric,
    ),
  )?.[1].Properties;
  if (!filter) return [`no filter feeds the metric ${metric}`];
  const isFed = isWrittenByFunction(template, filter) || isWrittenByApi(template, filter);
  return isFed ? [] : [`nothing writes what the filter ${filter.FilterPattern} counts`];
}

/** The source of the function behind the log, with all it imports, contains the word. */
function isWrittenByFunction(template: Template, filter: Resource['Properties']): boolean {
  const word = /\$\.what = "([^"]+)"/.exec(filter.FilterPattern)?.[1];
  const fn = resourcesOf(template, 'AWS::Lambda::Function').find(
    ([, { Properties }]) => targetOf(Properties.LoggingConfig?.LogGroup) === targetOf(filter.LogGroupName),
  )?.[1];
  if (!word || !fn) return false;
  return sourcesOf(String(fn.Metadata?.['uketsuke:entry'])).some((source) => logs(source, word));
}

const logs = (source: string, word: string): boolean =>
  source.includes(`'${word}'`) ||
  // each-message.ts: `${stage} failed`
  (word.endsWith(' failed') && source.includes(`eachMessage(event, '${word.replace(/ failed$/, '')}'`));

const read = new Map<string, string[]>();
/** The texts of all sources that the entry imports. */
function sourcesOf(entry: string): string[] {
  const existing = read.get(entry);
  if (existing) return existing;
  const { metafile } = buildSync({
    entryPoints: [join(ROOT, entry)],
    absWorkingDir: ROOT,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: ROOT,
    write: false,
    metafile: true,
  });
  const texts = Object.keys(metafile.inputs).map((path) => readFileSync(join(ROOT, path), 'utf8'));
  read.set(entry, texts);
  return texts;
}

/** The access log of the API has the field that the filter reads. */
function isWrittenByApi(template: Template, filter: Resource['Properties']): boolean {
  const fields = [...String(filter.FilterPattern).matchAll(/\$\.(\w+)/g)].map(([, name]) => name!);
  return ['AWS::ApiGatewayV2::Stage', 'AWS::ApiGateway::Stage'].some((type) =>
    resourcesOf(template, type).some(([, { Properties }]) => {
      const settings = Properties.AccessLogSettings ?? Properties.AccessLogSetting;
      if (!namedIn(settings?.DestinationArn).includes(targetOf(filter.LogGroupName))) return false;
      const format = JSON.parse(settings.Format) as Record<string, string>;
      return fields.every((name) => format[name] === `$context.${name}`);
    }),
  );
}

/** The resources that an ARN is of: itself an attribute, or joined of names. */
const namedIn = (arn?: { 'Fn::Join'?: [string, Parameters<typeof targetOf>[0][]] }): string[] => [
  targetOf(arn as Parameters<typeof targetOf>[0]),
  ...(arn?.['Fn::Join']?.[1] ?? []).map(targetOf),
];

/** Every action is a topic that takes what CloudWatch publishes, with a key that lets it, and a reader. */
function deliveryLinks(template: Template, actions: unknown[]): string[] {
  if (actions.length === 0) return ['it has no action'];
  return actions.flatMap((action) => {
    const id = targetOf(action as { Ref: string });
    const topic = template.Resources[id];
    if (topic?.Type !== 'AWS::SNS::Topic') return ['its action is no topic of the stack'];
    const key = template.Resources[targetOf(topic.Properties.KmsMasterKeyId)];
    const isRead = resourcesOf(template, 'AWS::SNS::Subscription').some(
      ([, { Properties }]) => targetOf(Properties.TopicArn) === id && Properties.Endpoint,
    );
    return [
      ...(allowsCloudWatch(topicStatements(template, id), 'sns:Publish')
        ? []
        : ['the topic does not let CloudWatch publish']),
      ...(!topic.Properties.KmsMasterKeyId ||
      ['kms:Decrypt', 'kms:GenerateDataKey'].every((right) =>
        allowsCloudWatch(key?.Properties.KeyPolicy.Statement, right),
      )
        ? []
        : ['the key of the topic does not let CloudWatch encrypt']),
      ...(isRead ? [] : ['no one is subscribed to the topic']),
    ];
  });
}

// biome-ignore lint/suspicious/noExplicitAny: a statement is free-form
const topicStatements = (template: Template, id: string): any[] =>
  resourcesOf(template, 'AWS::SNS::TopicPolicy')
    .filter(([, { Properties }]) =>
      Properties.Topics.some((topic: { Ref: string }) => targetOf(topic) === id),
    )
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);

// biome-ignore lint/suspicious/noExplicitAny: a statement is free-form
const allowsCloudWatch = (statements: any[] = [], action: string): boolean =>
  statements.some(
    (one) =>
      one.Effect === 'Allow' &&
      one.Principal?.Service === 'cloudwatch.amazonaws.com' &&
      [one.Action].flat().includes(action),
  );

function runbookLinks(runbook: string, description: string): string[] {
  const anchor = /#([a-z-]+)$/.exec(description)?.[1];
  return runbook.includes(`<a id="${anchor}"></a>\n## `) ? [] : [`the runbook has no paragraph ${anchor}`];
}
