import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The parts of a synthesized CloudFormation template that the host reads. */
export interface Template {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown }>;
}
export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is free-form; each reader checks what it reads
  Properties: any;
  Metadata?: Record<string, unknown>;
}

const ROOT = resolve(import.meta.dirname, '..');
/** Of a template; AWS takes one of 1 MB. */
const MOST_BYTES = 16 * 1024 ** 2;

/**
 * The template of the stack, synthesized again when infra/ has changed. The functions are not bundled: the host runs
 * their sources. Cached in the data folder, or in UKETSUKE_TEMPLATES (system tests synthesize once for all hosts).
 */
export async function readTemplate(dataFolder: string): Promise<Template> {
  const folder = process.env.UKETSUKE_TEMPLATES ?? dataFolder;
  const file = join(folder, `template-${infraDigest()}.json`);
  const cached = readCached(file);
  if (cached) return cached;
  const template = await synthesizeOutside();
  mkdirSync(folder, { recursive: true });
  // Renamed into place: a kill leaves no partial template.
  writeFileSync(`${file}.new`, template);
  renameSync(`${file}.new`, file);
  return JSON.parse(template) as Template;
}

/** In a process of its own: the CDK would stay in memory here, half a gigabyte that each garbage collection walks. */
async function synthesizeOutside(): Promise<string> {
  const script = join(ROOT, 'host/print-template.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script], { maxBuffer: MOST_BYTES });
  return stdout;
}

/** Null: not there, or damaged; it is synthesized again. */
function readCached(file: string): Template | null {
  try {
    const cached = JSON.parse(readFileSync(file, 'utf8')) as Partial<Template> | null;
    return cached?.Resources ? (cached as Template) : null;
  } catch {
    return null;
  }
}

/** Digest of everything that the template depends on. */
function infraDigest(): string {
  const hash = createHash('sha256');
  const sources = readdirSync(join(ROOT, 'infra'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join('infra', name));
  for (const name of [...sources, 'shared/records/store/tables.ts', 'package.json'])
    hash.update(name).update(readFileSync(join(ROOT, name)));
  return hash.digest('hex').slice(0, 16);
}

/** The pseudo parameters of this machine's fictitious account. */
const PSEUDO: Record<string, string> = {
  'AWS::AccountId': '000000000000',
  'AWS::Region': 'ap-northeast-1',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'Uketsuke',
};

/** The values of Ref and Fn::GetAtt for a resource on this machine. */
export interface LocalName {
  ref: string;
  attributes: Record<string, string>;
}

/** Resolves Ref, Fn::GetAtt and Fn::Join to the names of this machine; to '' for resources that it does not have. */
export function resolver(names: Map<string, LocalName>): (value: unknown) => string {
  const resolveValue = (value: unknown): string => {
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    if (value === null || typeof value !== 'object') return '';
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
    if (typeof Ref === 'string') return PSEUDO[Ref] ?? names.get(Ref)?.ref ?? '';
    if (Array.isArray(attribute)) return names.get(attribute[0])?.attributes[attribute[1]] ?? '';
    if (Array.isArray(join)) return (join[1] as unknown[]).map(resolveValue).join(join[0]);
    return '';
  };
  return resolveValue;
}

export const resourcesOf = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);

/** The logical id behind a Ref or Fn::GetAtt. */
export const targetOf = (value: { Ref?: string; 'Fn::GetAtt'?: string[] } | undefined): string =>
  value?.Ref ?? value?.['Fn::GetAtt']?.[0] ?? '';
