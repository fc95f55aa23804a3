import { recordStore } from '../aws.ts';
import { once } from '../once.ts';

export const dependencies = once(recordStore);
