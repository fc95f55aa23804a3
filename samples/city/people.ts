import { STORIES } from '../lib/cast.ts';
import type { Person } from '../lib/model.ts';
import { insuredNumber } from '../lib/numbers.ts';
import type { Random } from './random.ts';
import type { Town, TownArea } from './town.ts';

/** Family names that are clearly invented, and given names of the generation. */
const FAMILIES: [string, string][] = [
  ['見本', 'ミホン'],
  ['例示', 'レイジ'],
  ['架空', 'カクウ'],
  ['仮想', 'カソウ'],
  ['模擬', 'モギ'],
  ['試作', 'シサク'],
];
const WOMEN: [string, string][] = [
  ['花子', 'ハナコ'],
  ['よね', 'ヨネ'],
  ['まさ', 'マサ'],
  ['千代', 'チヨ'],
  ['静江', 'シズエ'],
  ['美代子', 'ミヨコ'],
  ['和子', 'カズコ'],
  ['トメ', 'トメ'],
  ['節子', 'セツコ'],
  ['ソノ', 'ソノ'],
  ['能子', 'ノウコ'],
  ['フミ', 'フミ'],
  ['幸子', 'サチコ'],
  ['八重', 'ヤエ'],
  ['きぬ', 'キヌ'],
  ['登美', 'トミ'],
];
const MEN: [string, string][] = [
  ['太郎', 'タロウ'],
  ['次郎', 'ジロウ'],
  ['三郎', 'サブロウ'],
  ['正', 'タダシ'],
  ['清', 'キヨシ'],
  ['実', 'ミノル'],
  ['勇', 'イサム'],
  ['進', 'ススム'],
  ['十三', 'ジュウゾウ'],
  ['表一', 'ヒョウイチ'],
  ['弘', 'ヒロシ'],
  ['義男', 'ヨシオ'],
  ['昭二', 'ショウジ'],
  ['貞夫', 'サダオ'],
];

/** A person without the certification, which changes over time. */
export type Identity = Omit<Person, 'certification' | 'certDecided' | 'certFrom' | 'certTo' | 'checklist'>;

/** A person who does not exist. The serial makes the 被保険者番号, so no two people of a city share one. */
export function makeIdentity(town: Town, area: TownArea, serial: number, random: Random): Identity {
  const sex = random.chance(0.68) ? '女' : '男';
  const [family, familyKana] = random.pick(FAMILIES);
  const [given, givenKana] = random.pick(sex === '女' ? WOMEN : MEN);
  const chome = random.pick(['一丁目', '二丁目', '三丁目', '四丁目']);
  const year = random.int(1930, 1958);
  return {
    insured: insuredNumber(100 + serial),
    name: `${family} ${given}`,
    kana: `${familyKana} ${givenKana}`,
    sex,
    birth: `${year}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`,
    postal: area.postal,
    address: `${town.city.name}${area.place}${chome}${random.int(1, 30)}番${random.int(1, 20)}号`,
    phone: `0000-00-${String(1000 + (serial % 9000))}`,
    family: {
      name: `${family} 家族`,
      kana: `${familyKana} カゾク`,
      relation: random.pick(['長女', '長男', '次女', '配偶者']),
      address: `${town.city.name}${area.place}五丁目${random.int(1, 30)}番地`,
      phone: '0000-00-9999',
    },
    story: STORIES[random.pick(['knee', 'shutIn'] as const)],
  };
}
