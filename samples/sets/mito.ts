import { CENTERS, CITIES, OFFICES, SERVICES } from '../lib/cast.ts';
import type { Case } from '../lib/model.ts';
import type { SampleUpload } from '../lib/packet.ts';
import { coverSheet, csvFiles } from '../lib/packet.ts';
import { person } from '../lib/people.ts';

/** 水戸市: one person from April to June as in the city's own table, and a May that lacks two things. */
const city = CITIES.mito;
const help = SERVICES.visitHelp(city, '介護予防ホームヘルプ');
const nursing = SERVICES.nursing(city);

const base = {
  city,
  center: CENTERS.mito1,
  office: OFFICES.mitoDesignated,
  division: '21',
  planDate: '2024-03-25',
  firstPlanDate: '2023-09-25',
  planFrom: '2024-04-01',
  planTo: '2024-09-30',
  consentDate: '2024-03-25',
  planned: [help, nursing],
} as const;

const hanako = person({ city, serial: 101, name: '見本 花子', kana: 'ミホン ハナコ', place: '見本町一丁目' });
const yone = person({ city, serial: 102, name: '見本 よね', kana: 'ミホン ヨネ', place: '見本町二丁目' });

const asDirect = (c: Omit<Case, 'planKind' | 'commissioned'>): Case => ({
  ...c,
  planKind: 1,
  commissioned: false,
});
const asEntrusted = (c: Omit<Case, 'planKind' | 'commissioned'>): Case => ({
  ...c,
  planKind: 2,
  commissioned: true,
});

const common = { ...base, planned: [...base.planned] };
export const april = asDirect({ ...common, person: hanako, month: '2024-04', used: [help, nursing] });
export const may = asEntrusted({ ...common, person: hanako, month: '2024-05', used: [help] });
export const june = asDirect({ ...common, person: hanako, month: '2024-06', used: [help, nursing] });
export const mayOfYone = asEntrusted({ ...common, person: yone, month: '2024-05', used: [help] });

const folder = (c: Case): string => `${c.person.insured}_${c.month}`;

export const mito: SampleUpload[] = [
  {
    zip: 'mito-2024-04.zip',
    packets: [
      {
        folder: folder(april),
        files: [
          ...csvFiles(april, '20240501090000', ['kihon', 'plan', 'riyohyo', 'jisseki']),
          coverSheet(april, { event: 'continuing', new_user: false }),
        ],
      },
    ],
  },
  {
    zip: 'mito-2024-05.zip',
    packets: [
      {
        folder: folder(may),
        files: [
          ...csvFiles(may, '20240601090000', ['kihon', 'plan', 'riyohyo', 'jisseki']),
          coverSheet(may, {
            event: 'category_switch',
            previous_category: 'yobo_shien_direct',
            new_user: false,
            documents: ['care_plan_original'],
            transmission: 'kanamic_message_pdf',
            flags: { contacted_hokatsu: true },
          }),
        ],
      },
    ],
  },
  {
    zip: 'mito-2024-06.zip',
    packets: [
      {
        folder: folder(june),
        files: [
          ...csvFiles(june, '20240701090000', ['plan', 'riyohyo', 'jisseki']),
          coverSheet(june, {
            event: 'category_switch',
            previous_category: 'yobo_cm_itaku',
            new_user: false,
            flags: { contacted_hokatsu: true },
          }),
        ],
      },
    ],
  },
];
