import { STORIES } from './cast.ts';
import type { Certification, City, Person } from './model.ts';
import { insuredNumber } from './numbers.ts';

export interface PersonSeed {
  city: City;
  serial: number;
  /** given name and its kana; the family name is always 見本 or 例示 */
  name: string;
  kana: string;
  sex?: '男' | '女';
  birth?: string;
  /** 見本区一丁目 …: the part of the address after the city */
  place: string;
  postal?: string;
  certification?: Certification;
  certDecided?: string;
  certFrom?: string;
  certTo?: string;
  story?: keyof typeof STORIES;
  checklistDate?: string;
}

/** An invented person, from the few values a packet needs. */
export function person(seed: PersonSeed): Person {
  const certFrom = seed.certFrom ?? '2024-01-01';
  const [familyName = '見本'] = seed.name.split(' ');
  return {
    insured: insuredNumber(seed.serial),
    name: seed.name,
    kana: seed.kana,
    sex: seed.sex ?? '女',
    birth: seed.birth ?? '1940-03-15',
    postal: seed.postal ?? '000-0001',
    address: `${seed.city.name}${seed.place}${(seed.serial % 30) + 1}番${(seed.serial % 9) + 1}号`,
    phone: `0000-00-${String(1000 + (seed.serial % 9000))}`,
    family: {
      name: `${familyName} 家族`,
      kana: 'カゾク',
      relation: '長女',
      address: `${seed.city.name}例示町三丁目3番地`,
      phone: '0000-00-9999',
    },
    certification: seed.certification ?? '要支援1',
    certDecided: seed.certDecided ?? '2023-12-20',
    certFrom,
    certTo: seed.certTo ?? '2024-12-31',
    checklist: {
      date: seed.checklistDate ?? '2024-03-11',
      hits: seed.story === 'shutIn' ? [4, 7, 16, 17, 21] : [2, 6, 7, 8, 9, 10],
    },
    story: STORIES[seed.story ?? 'knee'],
  };
}
