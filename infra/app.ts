import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { DeploymentError } from './deployment-error.ts';
import { checkWithNag } from './nag-exceptions.ts';
import { synthesize } from './synthesize.ts';

/**
 * What the CDK runs for `npm run synth` and `npm run deploy`: writes cdk.out/ with every function bundled; needs neither a
 * network nor Docker. Fails on a cdk-nag finding that nag-exceptions.ts does not acknowledge.
 */
const started = Date.now();
const assembly = synthesizeOrExit();
for (const { templateFile, template } of assembly.stacks) {
  const types = Object.values(template.Resources as Record<string, { Type: string }>).map(({ Type }) => Type);
  console.error(`${assembly.directory}/${templateFile}: ${types.length} resources`);
  for (const [type, { length }] of Object.entries(Object.groupBy(types, (type) => type)).sort() as [
    string,
    string[],
  ][])
    console.error(`${String(length).padStart(4)}  ${type}`);
}
console.error(`${((Date.now() - started) / 1000).toFixed(1)} s`);

function synthesizeOrExit(): CloudAssembly {
  try {
    return synthesize({ bundle: true, check: checkWithNag });
  } catch (fault) {
    if (!(fault instanceof DeploymentError)) throw fault;
    console.error(fault.message);
    process.exit(2);
  }
}
