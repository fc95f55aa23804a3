import { rmSync } from 'node:fs';
import { checkWithNag } from './nag-exceptions.ts';
import { STACK, synthesize } from './synthesize.ts';

/**
 * `npm run synth`: writes cdk.out/ with every function bundled; needs neither a network nor Docker.
 * Fails on a cdk-nag finding that nag-exceptions.ts does not acknowledge.
 */
const started = Date.now();
const outdir = process.env.CDK_OUTDIR ?? 'cdk.out';
// Bundles of earlier runs do not belong to this template.
rmSync(outdir, { recursive: true, force: true });
const assembly = synthesize({ outdir, bundle: true, check: checkWithNag });
const template = assembly.getStackByName(STACK).template as { Resources: Record<string, { Type: string }> };
const counts = new Map<string, number>();
for (const { Type } of Object.values(template.Resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
console.log(`${assembly.directory}/${STACK}.template.json`);
for (const [type, count] of [...counts].sort()) console.log(`${String(count).padStart(4)}  ${type}`);
console.log(
  `${Object.keys(template.Resources).length} resources, ${((Date.now() - started) / 1000).toFixed(1)} s`,
);
