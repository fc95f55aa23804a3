import { codedServices } from './fields/coded-services.ts';
import { endedNames } from './fields/ended-names.ts';
import type { FormReader } from './fields/readings.ts';
import { riyohyoHead } from './fields/riyohyo-head.ts';

/** 別表: one row for each service code. */
export const riyohyoBeppyoReader: FormReader = (form) => [
  ...riyohyoHead(form),
  ...codedServices(form),
  ...endedNames(form),
];
