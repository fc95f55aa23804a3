import { App } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { IntakeStack } from './intake-stack.ts';

export const STACK = 'Uketsuke';

/**
 * Synthesizes the template, offline. Without `bundle` the code of the functions is left out (a second instead of a
 * minute): the one-machine host and the tests run the sources. `check` inspects the stack before it is written.
 */
export function synthesize(options: {
  outdir?: string;
  bundle: boolean;
  check?: (stack: IntakeStack) => void;
  malwareScan?: boolean;
}): CloudAssembly {
  const app = new App({
    outdir: options.outdir,
    analyticsReporting: false,
    context: options.bundle ? {} : { 'aws:cdk:bundling-stacks': [] },
  });
  const stack = new IntakeStack(app, STACK, {
    description: '受付: document intake for 介護予防支援 and 介護予防ケアマネジメント',
    malwareScan: options.malwareScan,
  });
  options.check?.(stack);
  return app.synth();
}
