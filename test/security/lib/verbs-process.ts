import { createInterface } from 'node:readline';

// A process that runs verbs one after the other, each given as a line `["redrive", "--stack", …]`, so that a test need not
// start one for each. Answers with a line: exit code and what was written.

const VERBS: Record<string, () => Promise<(argv: string[]) => Promise<number>>> = {
  redrive: async () => (await import('../../../cli/redrive.ts')).runRedrive,
  rebuild: async () => (await import('../../../cli/rebuild.ts')).runRebuild,
  recover: async () => (await import('../../../cli/recover.ts')).runRecover,
  registry: async () => (await import('../../../cli/registry.ts')).runRegistry,
  status: async () => (await import('../../../cli/status.ts')).runStatus,
  replay: async () => (await import('../../../cli/replay.ts')).runReplay,
  retention: async () => (await import('../../../cli/retention.ts')).runRetention,
  export: async () => (await import('../../../cli/export.ts')).runExport,
  review: async () => (await import('../../../cli/review.ts')).runReview,
  trail: async () => (await import('../../../cli/trail.ts')).runTrail,
};

const answer = process.stdout.write.bind(process.stdout);
const output = { out: '', err: '' };
const keep = (to: keyof typeof output) => (text: string | Uint8Array) => {
  output[to] += text;
  return true;
};
process.stdout.write = keep('out');
process.stderr.write = keep('err');

for await (const line of createInterface({ input: process.stdin })) {
  const [verb, ...argv] = JSON.parse(line) as [string, ...string[]];
  Object.assign(output, { out: '', err: '' });
  let code: number | null = null;
  try {
    code = await (await VERBS[verb]!())(argv);
  } catch (error) {
    output.err += error instanceof Error ? error.stack : error;
  }
  answer(`${JSON.stringify({ code, ...output })}\n`);
}
