import { deskRecords } from '../aws.ts';
import { once } from '../once.ts';

export const dependencies = once(() => deskRecords(['intake']));
