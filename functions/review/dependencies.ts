import { recordContext } from '../aws.ts';
import { once } from '../memoize.ts';

export const dependencies = once(() => recordContext([]));
