import { describe, expect, it } from 'vitest';
import { readCover } from '../../../shared/cover-sheet/read-cover.ts';
import type { Packet } from '../../../shared/packet/packet.ts';

const readText = (text: string) => {
  const bytes = Buffer.from(text);
  const file = { path: '見本/packet.json', digest: 'a', size: bytes.length, read: async () => bytes };
  const packet: Packet = { name: '見本', digest: 'b', files: [file], findings: [], rejected: [] };
  return readCover(packet);
};
const read = (cover: unknown) => readText(JSON.stringify(cover, null, 1));

describe('a value that is none of the list', () => {
  it('is left out, named with its line, and answered with the list', async () => {
    const { given, findings } = await read({ new_user: true, event: 'banana' });
    expect(given).toEqual({ new_user: true });
    expect(findings).toMatchObject([
      { code: 'F_PACKET_JSON', severity: 'error', where: { file: '見本/packet.json', row: 3 } },
    ]);
    expect(findings[0]!.message).toContain('「提出の理由」に書かれた「banana」は使えません');
    expect(findings[0]!.remedy).toContain('新規、継続、計画の更新');
  });

  it.each([
    ['event', 'constructor', '新規'],
    ['event', '__proto__', '新規'],
    ['event', 'toString', '新規'],
    ['event', 3, '新規'],
    ['certification', '要支援3', '要支援2'],
    ['previous_category', 'yobo_shien', '介護予防支援（直接）'],
    ['provider_route', 'chokusetsu', '直接実施'],
    ['cm_type', 'D', 'A、C'],
    ['documents', ['assessment_record', 'constructor'], '利用者基本情報'],
    ['transmission', 'fax', '電子メール'],
    ['addons_claimed', ['shokai', '__proto__'], '初回加算'],
    ['addons_claimed', ['a\nb'], '初回加算'],
    ['reductions', 'bcp_misakutei', '一覧'],
    ['contracts', [['riyosha', 'banana']], '利用者'],
    ['services_actual', [{ name: '通所型サービス', class: 'banana' }], '総合事業'],
    ['services_planned', [{ class: 'sogo' }], 'サービスの名称'],
    ['monitoring', [{ month: '2024-13', visit: true }], '2024-05'],
    ['monitoring', [{ month: '2024-05', visit: 'banana' }], '「はい」か「いいえ」'],
    ['history', [{ category: 'yobo_shien_direct' }], '2024-05'],
    ['history', [{ month: '2024-05', category: 'banana' }], '利用なし'],
    ['history', [{ month: '2024-05', notification: { date: '来週' } }], '暦にある日付'],
    ['service_month', '2024-6', '2024-05'],
    ['name', '見本 花子\n受理', '一行の文字'],
    ['facility_city', '\u001b[2J水戸市', '一行の文字'],
    ['services_ended', ['\u202e訪問'], '一行の文字'],
    ['cert_valid_to', '2024-02-30', '暦にある日付'],
    ['care_manager_count', -1, '0以上の数'],
    ['new_user', 'maybe', '「はい」か「いいえ」'],
    ['checklist_answers', { 26: 1 }, '1から25'],
    ['dates', { submitted: '来週' }, '2024-05-10'],
    ['dates', 'きょう', '中の項目'],
    ['flags', { plan_signed: 'banana' }, '「はい」か「いいえ」'],
    ['flags', { claimed_payer: 'toString' }, '国保連'],
    ['flags', { cases: [{ user: 'u1', area: 'A', category: '__proto__' }] }, '居宅介護支援'],
    ['notification', { kind: 'banana' }, '新規、変更'],
    ['notification', { to: 'banana' }, '福祉事務所'],
    ['city', 'banana', '市'],
    ['office_number', '../../offices', '10桁の番号'],
    ['insured_number', '123', '10桁の番号'],
    ['insurer_number', '07204', '6桁の番号'],
    ['name', { first: '花子' }, '文字'],
  ])('is refused for %s: %j', async (key, value, expected) => {
    const { cover, findings } = await read({ [key]: value });
    expect(findings).toMatchObject([{ code: 'F_PACKET_JSON', severity: 'error' }]);
    expect(findings[0]!.remedy).toContain(expected);
    expect(JSON.stringify(cover)).not.toMatch(/banana|constructor|__proto__|toString/);
  });

  it('keeps the other values', async () => {
    const { given } = await read({
      event: 'banana',
      flags: { plan_signed: true, doctor_opinion: 'maybe' },
      dates: { received: '2024-06-01' },
    });
    expect(given).toEqual({ flags: { plan_signed: true }, dates: { received: '2024-06-01' } });
  });
});

describe('a word', () => {
  it.each([
    ['event', '計画の更新', 'plan_renewed'],
    ['certification', '要支援１', '要支援1'],
    ['certification', 'なし', 'none'],
    ['provider_route', '包括からの委託', 'itaku'],
    ['documents', ['利用票', 'hyokahyo'], ['riyohyo', 'hyokahyo']],
    ['addons_claimed', ['初回加算', '入院時情報連携加算'], ['shokai', '入院時情報連携加算']],
    ['certification_state', '申請中', 'applied'],
    ['transmission', '電子メール', 'email'],
    ['new_user', 'はい', true],
  ])('counts as its key where its name is written: %s %j', async (key, value, expected) => {
    expect(await read({ [key]: value })).toMatchObject({ given: { [key]: expected }, findings: [] });
  });

  it('counts in any width where it is a number', async () => {
    const { cover, findings } = await read({
      insured_number: '００００００１２３４',
      insurer_number: ' 072041 ',
    });
    expect(cover).toMatchObject({ insured_number: '0000001234', insurer_number: '072041' });
    expect(findings).toEqual([]);
  });
});

describe('a key that is no item', () => {
  it.each([
    ['toString', { toString: 'x' }],
    ['plan_singed', { flags: { plan_singed: true } }],
    ['備考', { 備考: '急ぎです' }],
    ['constructor', { dates: { constructor: '2024-06-01' } }],
    ['banana', { monitoring: [{ month: '2024-05', banana: true }] }],
  ])('is reported as not used: %s', async (name, cover) => {
    const { given, findings } = await read({ new_user: false, ...cover });
    expect(given).toMatchObject({ new_user: false });
    expect(JSON.stringify(given)).not.toContain(name);
    expect(findings).toMatchObject([
      { code: 'F_PACKET_JSON', severity: 'info', where: { row: expect.any(Number) } },
    ]);
    expect(findings[0]!.message).toContain(name);
  });

  it('changes no prototype', async () => {
    const { cover, findings } = await readText(
      '{"__proto__":{"event":"new","polluted":1},"flags":{"__proto__":{"plan_signed":true}}}',
    );
    expect(Object.keys(cover)).toEqual(['flags']);
    expect((cover as { polluted?: unknown }).polluted).toBeUndefined();
    expect(cover.flags).toEqual({});
    expect(findings).toMatchObject([{ severity: 'info' }]);
  });
});

it('reports an item that is written twice, with the line of the second', async () => {
  const { findings } = await readText('{"event":"new",\n"event":"claim"}');
  expect(findings).toMatchObject([{ severity: 'error', where: { row: 2 } }]);
  expect(findings[0]!.message).toContain('「提出の理由」に書かれた「同じ項目を二度」');
});

it('lets no control letter into a message', async () => {
  const { findings } = await read({ event: '\u001b[31m赤\u202e\n', '\u0007鈴': 1 });
  for (const { message, remedy } of findings)
    expect([...`${message}${remedy}`].filter((letter) => letter < ' ' || letter === '\u202e')).toEqual([]);
});

it('counts what is beyond the first errors', async () => {
  const flags = Object.fromEntries(
    [
      'plan_signed',
      'riyohyo_stamped',
      'contacted_hokatsu',
      'keika_requested',
      'plan_exists',
      'advice_given',
    ].map((k) => [k, 'x']),
  );
  const dates = Object.fromEntries(
    [
      'assessment',
      'plan_created',
      'plan_fixed',
      'plan_to',
      'direct_start',
      'designated',
      'contract_from',
      'contract_to',
      'submitted',
      'received',
      'advice',
      'today',
      'checked',
      'checklist',
      'completed',
      'claim_submitted',
    ].map((k) => [k, 'x']),
  );
  const { findings } = await read({ flags, dates });
  expect(findings).toHaveLength(21);
  expect(findings.at(-1)!.message).toContain('2件');
});

it('reads the earlier months, with the words of a clerk, and a month of 利用なし as unused', async () => {
  const months = [
    { month: '2024-04', category: '介護予防支援（直接）', addons: ['初回加算'] },
    { month: '2024-05', category: '利用なし' },
  ];
  const { given, findings } = await read({ history: months });
  expect(findings).toEqual([]);
  expect(given.history).toMatchObject([
    { month: '2024-04', category: 'yobo_shien_direct', addons: ['shokai'], same_office: true },
    { month: '2024-05', category: null, used: false },
  ]);
});
