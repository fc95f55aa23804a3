import { describe, expect, it } from 'vitest';
import { cityName } from '../../../shared/profiles/cities.ts';
import { acceptRegistry } from '../../../shared/registry/registry.ts';

const area = (n: number, more: object = {}) => ({
  key: `area-${n}`,
  name: `第${n}圏域`,
  center: '0800100018',
  addresses: [`水戸市見本町${n}`],
  ...more,
});
const registry = (more: object = {}) => ({
  city: 'mito',
  insurer_numbers: ['082016'],
  areas: [area(1)],
  centers: [{ number: '0800100018', name: '見本センター' }],
  offices: [{ number: '0870100013', name: '見本事業所', kyotaku: { from: '2018-04-01' } }],
  ...more,
});
const refusal = (raw: unknown): string => {
  try {
    acceptRegistry(raw, 'registry.yaml');
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
};
const office = (more: object) => ({ offices: [{ number: '0870100013', name: '見本', ...more }] });

describe('a registry', () => {
  it('is accepted where it is sound', () => {
    expect(refusal(registry())).toBe('accepted');
    // A number that the index of cities does not list yet is the city's own to confirm.
    expect(refusal(registry({ insurer_numbers: ['082016', '089999'] }))).toBe('accepted');
  });

  it.each([
    [
      'names the insurer number of another city',
      { insurer_numbers: ['082016', '072041'] },
      `072041 は${cityName('iwaki')}の番号`,
    ],
    ['is of a city without rules', { city: 'hamamatsu' }, '規則のある市ではありません'],
    ['is of a city named like a property', { city: 'constructor' }, '規則のある市ではありません'],
    [
      'has an area of another city',
      { areas: [area(1, { addresses: ['茨城県水戸市見本町', 'いわき市見本'] })] },
      'いわき市の住所',
    ],
    [
      'has a key that is misspelt',
      { insurer_number: '082016' },
      '「insurer_number」という項目はありません。ここに書けるのは city、insurer_numbers、',
    ],
    [
      'has a misspelt key inside',
      office({ yobo_sien: [] }),
      '事業所（offices）の1番目: 「yobo_sien」という項目はありません。ここに書けるのは number、name、',
    ],
    [
      'has two areas of one name',
      { areas: [area(1), area(2, { name: '第１圏域' })] },
      '圏域の名前「第1圏域」が二度',
    ],
    [
      'has an address in two areas',
      { areas: [area(1), area(2, { addresses: ['水戸市 見本町１'] })] },
      '住所「水戸市見本町1」が、圏域「第1圏域」と「第2圏域」の両方にあります',
    ],
    [
      'has an office under the number of a center',
      { offices: [{ number: '0800100018', name: '見本センター' }] },
      '番号 0800100018 が、地域包括支援センター（centers）と事業所（offices）の両方にあります',
    ],
    ['has an area twice', { areas: [area(1), area(1)] }, '圏域「area-1」が二度'],
    [
      'has an office twice',
      { offices: [...office({}).offices, ...office({}).offices] },
      '事業所「0870100013」が二度',
    ],
    [
      'has the key of an area that is a property',
      { areas: [area(1, { key: 'constructor' })] },
      '圏域のキー「constructor」',
    ],
    ['has the key of an area that divides keys', { areas: [area(1, { key: 'a#b' })] }, '圏域のキー「a#b」'],
    [
      'has the key of an area that hides',
      { areas: [area(1, { key: '__proto__' })] },
      '圏域のキー「__proto__」',
    ],
    ['has a name with a control letter', office({ name: '見本\u001b[2J' }), '名前「見本␣[2J」'],
    ['has a number that is none', office({ number: '../../x' }), '番号「../../x」'],
    ['has an area without a center', { areas: [area(1, { center: '0800100099' })] }, 'centers にありません'],
    ['has a day that does not exist', office({ kyotaku: { from: '2024-02-30' } }), '暦にない日'],
    [
      'has a period that ends before it begins',
      office({ kyotaku: { from: '2024-04-01', to: '2024-03-31' } }),
      '始まりより前',
    ],
    [
      'names a kind no one commissions',
      office({ commissions: [{ center: '0800100018', kinds: ['banana'], from: '2024-04-01' }] }),
      'kinds',
    ],
    ['has no city', { city: undefined }, 'city'],
  ])('is refused where it %s', (_, more, sentence) => {
    expect(refusal(registry(more))).toContain(sentence);
  });

  it('is refused where it is far larger than any city', () => {
    const areas = Array.from({ length: 60_000 }, (_, n) => area(n));
    expect(refusal(registry({ areas }))).toContain('areas が60000件あります。取り込めるのは1000件まで');
  });
});
