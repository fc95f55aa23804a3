import { expect, test } from 'vitest';
import { personMonths } from '../../../../shared/records/views/person-months.ts';
import { aCase } from '../../../builders/a-case.ts';

test('puts the months of a person on one line, the newest first, with the case that counts', () => {
  const months = personMonths([
    aCase({ month: '2024-05', category: 'yobo_cm_center', packet_id: 'a' }),
    aCase({
      month: '2024-06',
      packet_id: 'b',
      switched_from: 'yobo_cm_center',
      documents: ['riyohyo'],
      history_line: {
        used: true,
        rested_on: [],
        notification: { kind: '変更', date: '2024-06-03' },
        contracts: [['user', 'kyotaku_office']],
      },
    }),
    aCase({
      month: '2024-06',
      packet_id: 'c',
      event: 'claim',
      decision: 'return',
      documents: ['keiyakusho'],
    }),
  ]);
  expect(months.map(({ month, category, route }) => [month, category, route])).toEqual([
    ['2024-06', 'yobo_shien_direct', 'direct'],
    ['2024-05', 'yobo_cm_center', 'center'],
  ]);
  expect(months[0]).toMatchObject({
    switched_from: 'yobo_cm_center',
    documents: ['riyohyo', 'keiyakusho'],
    notification: { kind: '変更', date: '2024-06-03' },
    contracts: [['user', 'kyotaku_office']],
    packets: [{ packet_id: 'b' }, { packet_id: 'c', decision: 'return' }],
  });
});
