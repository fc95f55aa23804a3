import { deskRecords } from '../aws.ts';
import { numberSetting } from '../environment.ts';
import { once } from '../once.ts';

export const dependencies = once(() => ({
  ...deskRecords(['intake', 'review', 'notify', 'summarise', 'scan']),
  stuckAfterMinutes: numberSetting('STUCK_AFTER_MINUTES'),
}));
