import type { Spoilt } from './case-kinds.ts';
import type { Random } from './random.ts';

/** A packet.json damaged in one of many ways. */
export function hostileCover(random: Random): Spoilt {
  const [what, make, damage] = random.pick(WAYS);
  return { what, bytes: Buffer.from(make(random)), damage };
}

type Way = [what: string, make: (random: Random) => string | Uint8Array, damage: Spoilt['damage']];

const KEYS = [
  'city',
  'office_number',
  'insured_number',
  'name',
  'address',
  'area',
  'event',
  'service_month',
  'category',
  'services_actual',
  'documents_present',
  'unknown_key',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
];
const value = (random: Random, depth = 0): unknown =>
  random.pick<() => unknown>([
    () => null,
    () => random.next() * 1e300,
    () => -random.between(0, 1e9),
    () => random.next() > 0.5,
    () => 'あ'.repeat(random.between(0, 200)),
    () => '\u0000\u001b[31m\u202e',
    () => '\ud800',
    () => '9999-99-99',
    () => '2024-07',
    () => [...Array(random.between(0, 20)).keys()],
    () =>
      depth > 3 ? {} : Object.fromEntries(KEYS.slice(0, 4).map((key) => [key, value(random, depth + 1)])),
  ])();

const WAYS: Way[] = [
  ['empty object', () => '{}', 'changed'],
  ['cut off', () => '{"city": "iwa', 'lost'],
  ['no object', (r) => r.pick(['null', '[]', '1', '"x"', 'true', '[[[]]]']), 'lost'],
  ['arrays a hundred thousand deep', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'lost'],
  ['objects a hundred thousand deep', () => `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'changed'],
  [
    'a known key a hundred thousand deep',
    (r) => `{"${r.pick(KEYS)}":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    'changed',
  ],
  ['a string of 10 MB', (r) => JSON.stringify({ [r.pick(KEYS)]: 'x'.repeat(10 * 1024 ** 2) }), 'changed'],
  [
    'a hundred thousand keys',
    () => JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i]))),
    'changed',
  ],
  [
    'prototype keys',
    () => '{"__proto__":{"polluted":true,"city":"iwaki"},"constructor":{"prototype":{"polluted":true}}}',
    'changed',
  ],
  ['wrong types', (r) => JSON.stringify(Object.fromEntries(KEYS.map((key) => [key, value(r)]))), 'changed'],
  ['one wrong type', (r) => JSON.stringify({ [r.pick(KEYS)]: value(r) }), 'changed'],
  ['a key twice', () => '{"city":"iwaki","city":"mito","name":"見本 花子","name":"見本 太郎"}', 'changed'],
  ['a number too large', () => '{"monthly_units": 1e999}', 'changed'],
  ['UTF-16', () => Buffer.from('\ufeff{"city":"iwaki"}', 'utf16le'), 'lost'],
  [
    'CP932',
    () => Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0x8c, 0xa9, 0x96, 0x7b]), Buffer.from('"}')]),
    'changed',
  ],
  [
    'neither UTF-8 nor CP932',
    () => Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe, 0x81]), Buffer.from('"}')]),
    'lost',
  ],
  ['random bytes', (r) => r.bytes(r.between(1, 2000)), 'lost'],
  ['script', () => '{"name":"<img src=x onerror=alert(1)>","address":"{{7*7}} %n"}', 'changed'],
];
