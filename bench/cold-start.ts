import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { BESIDE_THE_BUNDLE } from '../infra/constructs/desk-function.ts';
import { TABLES, type TableName, tableVariable } from '../shared/records/store/tables.ts';

/**
 * Cold start of each function, compared with an empty handler that creates the same SDK clients: bundled as in the
 * stack, each in its own process, with an empty batch.
 *
 *   node bench/cold-start.ts [starts, 15]
 *
 * CPU of the process up to the first answer, the minimum of all starts, interleaved. Both include the start of Node.
 */
const STARTS = Number(process.argv[2] ?? 15);
const GOAL = 2;
const ROOT = resolve(import.meta.dirname, '..');
const STAGES = ['intake', 'review', 'notify', 'summarise', 'ocr', 'sweep', 'api'];

/** Settings that a handler reads before its first message; nothing is sent to what they name. */
const SETTINGS: Record<string, string> = {
  ...Object.fromEntries((Object.keys(TABLES) as TableName[]).map((name) => [tableVariable(name), name])),
  ...Object.fromEntries(STAGES.map((name) => [`QUEUE_${name.toUpperCase()}`, 'http://127.0.0.1:9/queue'])),
  ...{ RESULTS: 'results', INBOX: 'inbox', MALWARE_SCAN: 'off', REVIEW_DUE_DAYS: '14' },
};
const BARE = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
const clients = [new S3Client({}), new SQSClient({}), DynamoDBDocumentClient.from(new DynamoDBClient({}))];
export const handler = async () => ({ batchItemFailures: [], clients: clients.length });
`;
const START = `
const { handler } = await import(process.argv[1]);
await handler({ Records: [] });
const { user, system } = process.cpuUsage();
console.log((user + system) / 1000);
process.exit(0);
`;

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-cold-'));
try {
  writeFileSync(join(folder, 'bare.ts'), BARE);
  const bundles = [
    ['bare', join(folder, 'bare.ts')] as const,
    ...STAGES.map((name) => [name, join(ROOT, `functions/${name}/handler.ts`)] as const),
  ].map(([name, entry]) => ({ name, file: bundle(name, entry), least: Infinity }));
  for (let start = 0; start < STARTS; start++)
    for (const one of bundles) one.least = Math.min(one.least, startOnce(one.file));
  const bare = bundles[0]!.least;
  console.log('| function | KB | ms of CPU to the first answer | |\n| --- | ---: | ---: | ---: |');
  for (const { name, file, least } of bundles)
    console.log(
      `| ${name} | ${(statSync(file).size / 1024).toFixed(0)} | ${least.toFixed(0)} | ${(least / bare).toFixed(2)} × |`,
    );
  console.log(`\ngoal: at most ${GOAL} × the bare handler`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function bundle(name: string, entry: string): string {
  const outfile = join(folder, name, 'index.mjs');
  mkdirSync(join(folder, name));
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minify: true,
    keepNames: true,
    mainFields: ['module', 'main'],
    nodePaths: [join(ROOT, 'node_modules')],
    external: BESIDE_THE_BUNDLE,
    logLevel: 'error',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return outfile;
}

function startOnce(file: string): number {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', START, '--', file],
    {
      encoding: 'utf8',
      env: { ...process.env, ...SETTINGS, AWS_REGION: 'ap-northeast-1', UKETSUKE_LOG: 'off' },
    },
  );
  const cpu = Number(stdout);
  if (!cpu) throw new Error(`${file} did not start: ${stderr.slice(-500)}`);
  return cpu;
}
