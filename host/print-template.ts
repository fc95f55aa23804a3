import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STACK, synthesize } from '../infra/synthesize.ts';

/** A process of its own (template.ts): prints the template of the stack as JSON. */
const outdir = mkdtempSync(join(tmpdir(), 'uketsuke-synth-'));
try {
  const { template } = synthesize({ outdir, bundle: false }).getStackByName(STACK);
  process.stdout.write(JSON.stringify(template));
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
