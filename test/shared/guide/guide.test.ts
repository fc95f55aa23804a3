import { describe, expect, it } from 'vitest';
import { describeCondition, describeException } from '../../../shared/guide/describe-condition.ts';
import { writeGuide } from '../../../shared/guide/write-guide.ts';
import { cityKeys } from '../../../shared/profiles/cities.ts';
import { documentTitle } from '../../../shared/vocabulary/document-kinds.ts';
import { EVENT_NAMES } from '../../../shared/vocabulary/event-names.ts';
import { readCases } from '../../../tools/docs.ts';
import { decideGiven, settle } from '../../builders/decide-given.ts';

describe('the guide and the checks', () => {
  it('agree: every document found missing in a case is asked for in the guide of its city and event', async () => {
    const guides = new Map<string, string>();
    const untold: string[] = [];
    for (const c of await readCases()) {
      const event = c.given.event ?? undefined;
      const month = c.given.service_month ?? undefined;
      const key = `${c.city} ${event} ${month}`;
      const guide =
        guides.get(key) ?? writeGuide(c.city, { ...(event && { event }), ...(month && { month }) });
      guides.set(key, guide);
      for (const document of decideGiven(c.city, c.given).missing_documents)
        if (!guide.includes(documentTitle(document))) untold.push(`${c.id}: ${document}`);
    }
    expect(untold).toEqual([]);
  });

  it('agree about the papers that are awaited', () => {
    const guide = writeGuide('okayama');
    expect(guide).toContain('## 届かなければ包括に知らせるもの');
    expect(guide).toMatch(/新規の計画書等の写し（４種）：.*直接実施の月.*OKY-R35/);
  });

  it('agree about the addressee of the 届出', () => {
    expect(writeGuide('mito', { event: 'category_switch' })).toMatch(/区分が変わった月.*\| 包括 \|/);
    expect(writeGuide('iwaki', { event: 'category_switch' })).toContain('市（地区保健福祉センター）');
    expect(writeGuide('okayama', { event: 'new' })).toContain('福祉事務所');
  });
});

describe.each(cityKeys())('the guide of %s', (city) => {
  const pages = [undefined, ...Object.keys(EVENT_NAMES)].map((event) =>
    writeGuide(city, event ? { event } : {}),
  );

  it('is written in words, without a key or a value of the data', () => {
    const raw = pages.flatMap(
      (page) => page.match(/\b(?:config|flags|dates|notification)\.\w+|undefined|\[object/g) ?? [],
    );
    expect([...new Set(raw)]).toEqual([]);
    const keys = pages.flatMap(
      (page) => page.match(/(?<![A-Za-z/._-])[a-z]+_[a-z_]+(?![A-Za-z/._-])/g) ?? [],
    );
    expect([...new Set(keys)].filter((key) => !['start_day', 'area_additions'].includes(key))).toEqual([]);
  });

  it('cites a rule for every line it asks for', () => {
    for (const page of pages)
      for (const row of page
        .split('\n')
        .filter((l) => l.startsWith('| ') && !/^\| (書類|どんなとき) \|/.test(l)))
        expect(row).toMatch(/[A-Z]{3}-[A-Z]?\d+（.+）/);
  });

  it('names its edition', () => {
    expect(pages[0]).toContain(`${city}@`);
  });
});

it('writes the older edition for an older month', () => {
  const guide = (month: string): string => writeGuide('mito', { month });
  expect(guide('2024-03')).toContain('438単位');
  expect(guide('2024-04')).not.toContain('438単位');
  expect(guide('2026-05')).not.toContain('処遇改善加算 2.1');
  expect(guide('2026-06')).toContain('処遇改善加算 2.1');
});

it('asks for what the city has settled, and tells what is open', () => {
  const profiles = settle('kumamoto', { midterm_is_renewal: true });
  const event = 'plan_changed_midterm';
  expect(writeGuide('kumamoto', { event })).not.toContain('| 利用者基本情報 |');
  expect(writeGuide('kumamoto', { event, profiles })).toContain('| 利用者基本情報 |');
  expect(writeGuide('kumamoto', { event })).toContain('未定のため、担当者が判断します');
});

it('leaves out cases one after the other', () => {
  const unless = {
    any: [{ provider_route: 'center' }, { category_kind: 'yobo_cm' }, { certification: 'none' }],
  };
  expect(describeException(unless)).toBe(
    '包括が自ら行う月、介護予防ケアマネジメントの月、認定も登録もない人',
  );
});

it.each(cityKeys())('says in the guide of %s nothing in the words of a program', (city) => {
  const words = writeGuide(city)
    .replace(/^版: .*$/m, '')
    .replaceAll(/[A-Z]{3}-[A-Z]?\d+/g, '');
  expect(
    words.match(/\b(true|false|null|flags|dates)\b|[a-z]+_[a-z_]+|（[^）]*（直接・委託・包括）/g),
  ).toBeNull();
});

describe('describeCondition', () => {
  it.each([
    [{ event: ['new', 'cert_renewal'] }, '新規・認定の更新のとき'],
    [{ is_switch: true, category_kind: 'yobo_cm' }, '区分が変わった月で、介護予防ケアマネジメントの月'],
    [{ provider_route: ['itaku', 'center'] }, '包括からの委託の月・包括が自ら行う月'],
    [{ certification: 'none' }, '認定も登録もない人'],
    [
      { cert_valid_to: { on_or_after: 'month_start' } },
      '認定有効期間の終わりがサービス提供月の初日以後の場合',
    ],
    [{ 'flags.applies_yoshien': true }, '要支援認定を申請する場合'],
    [{ 'flags.kosoku': { is: true, unknown: false } }, '身体的拘束等を行った場合'],
    [{ event: 'claim', 'dates.plan_to': { known: true } }, '請求のとき'],
    [
      { category: 'yobo_cm_itaku', any: [{ event: 'claim' }, { transmission: 'email' }] },
      '介護予防ケアマネジメント（委託）の月で、次のいずれかの場合（①請求のとき、②提出方法が電子メールの場合）',
    ],
  ])('reads %j as %s', (condition, words) => {
    expect(describeCondition(condition)).toBe(words);
  });
});
