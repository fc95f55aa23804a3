import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FieldName, Reading } from '../../../../shared/documents/document.ts';
import { readForm } from '../../../../shared/documents/forms/read-form.ts';
import { profilesFolder } from '../../../../shared/profiles/profiles-folder.ts';
import { encodeCover } from '../../../../shared/vocabulary/cover-code.ts';
import { type DocumentKind, isDocumentKind } from '../../../../shared/vocabulary/document-kinds.ts';
import { asPages, type PageLines, row } from '../../../builders/pdf.ts';

interface Example {
  title: string;
  filled: PageLines;
  found: Partial<Record<FieldName, Reading['value'][]>>;
  /** the same form with nothing written in it */
  blank: PageLines;
  /** what a blank field means, where it means something */
  foundInBlank?: Partial<Record<FieldName, Reading['value'][]>>;
}

const cover = encodeCover({
  city: 'mihon',
  office_number: '0870100013',
  insured_number: '0000000101',
  service_month: '2024-06',
});

/** One form of every kind that has a file of its own in shared/documents/forms. */
const EXAMPLES: Partial<Record<DocumentKind, Example>> = {
  riyosha_kihon_joho: {
    title: '利用者基本情報',
    filled: [
      row('作成担当者', '見本 一郎'),
      row('本人氏名', '見本 花子', '生年月日', '昭和15年1月2日'),
      row('住所', '見本市見本町1-2'),
      row('担当地域包括支援センター', '見本地域包括支援センター'),
      '上記の情報を提供することに同意します。',
      '令和6年6月3日　氏名　見本 花子　印',
    ],
    found: {
      name: ['見本 花子'],
      birth_date: ['1940-01-02'],
      address: ['見本市見本町1-2'],
      care_manager_name: ['見本 一郎'],
      center_name: ['見本地域包括支援センター'],
      consent_date: ['2024-06-03'],
      signed: [true],
    },
    blank: [row('作成担当者', ''), row('本人氏名', '', '生年月日', ''), row('住所', '')],
  },
  shien_keikakusho: {
    title: '介護予防サービス・支援計画書',
    filled: [
      row('利用者名', '見本 花子', '計画作成日', '令和6年6月1日'),
      row('計画作成者氏名', '見本 一郎', '計画期間', '令和6年6月1日～令和6年11月30日'),
      '計画に関する同意',
      row('令和6年6月3日', '氏名　見本 花子　印'),
    ],
    found: {
      name: ['見本 花子'],
      plan_created: ['2024-06-01'],
      plan_from: ['2024-06-01'],
      plan_to: ['2024-11-30'],
      consent_date: ['2024-06-03'],
      signed: [true],
    },
    blank: [row('利用者名', '', '計画作成日', ''), '計画に関する同意', row('年　月　日', '氏名　　　　印')],
    foundInBlank: { signed: [false] },
  },
  keika_kiroku: {
    title: '介護予防支援経過記録',
    filled: [
      row('利用者氏名', '見本 花子', '計画作成者氏名', '見本 一郎'),
      row('令和6年6月5日', '＜モニタリング＞自宅を訪問し面接した。'),
      row('令和6年6月20日', '地域包括支援センターへ電話で報告した。'),
    ],
    found: {
      keika_tag: ['モニタリング'],
      monitoring_entry: ['2024-06 visit'],
      keika_center_contact: [true],
      keika_change_reason: [],
    },
    blank: [row('利用者氏名', '', '計画作成者氏名', ''), row('年月日', '内容')],
  },
  hyokahyo: {
    title: 'サービス評価表',
    filled: [row('評価日', '令和6年6月28日'), row('今後の方針', '■プラン継続　□プラン変更　□終了')],
    found: { hyoka_date: ['2024-06-28'], hyoka_result: ['プラン継続'] },
    blank: [row('評価日', ''), row('今後の方針', '□プラン継続　□プラン変更　□終了')],
  },
  kaigo_yobo_todoke: {
    title: '介護予防サービス計画作成依頼（変更）届出書',
    filled: [
      row('区分', '□新規　■変更'),
      '見本市長　様',
      row('被保険者氏名', '見本 花子'),
      row('担当事業所', '□地域包括支援センター　■居宅介護支援事業所'),
      row('事業所番号', '0870100013', '事業所名', '見本居宅介護支援事業所'),
      row('届出年月日', '令和6年6月4日'),
      row('変更年月日', '令和6年6月1日'),
    ],
    found: {
      notification_kind: ['変更'],
      notification_to: ['city'],
      notification_responsible: ['kyotaku_office'],
      notification_date: ['2024-06-04'],
      notification_effective: ['2024-06-01'],
      notification_office_filled: [true],
      office_number: ['0870100013'],
    },
    blank: [row('区分', '□新規　□変更'), row('担当事業所', '□地域包括支援センター　□居宅介護支援事業所')],
    foundInBlank: { notification_form: ['介護予防サービス計画作成依頼（変更）届出書'] },
  },
  riyohyo: {
    title: 'サービス利用票',
    filled: [
      '令和6年6月分',
      row('被保険者番号', '0000000101'),
      row('介護予防訪問看護', '予定', '1', '1'),
      row('', '実績', '1', '1'),
      row('利用者確認', '見本'),
    ],
    found: { service_month: ['2024-06'], insured_number: ['0000000101'], stamped: [true] },
    blank: [row('被保険者番号', ''), row('利用者確認', '印')],
    foundInBlank: { stamped: [false] },
  },
  riyohyo_beppyo: {
    title: 'サービス利用票別表',
    filled: ['令和6年6月分', row('介護予防訪問看護', '631111', '450')],
    found: {
      service_month: ['2024-06'],
      service_planned: [{ name: '介護予防訪問看護', class: 'yobo_kyufu', code: '631111' }],
    },
    blank: [row('サービス内容', 'サービスコード', '単位数')],
  },
  kihon_checklist: {
    title: '基本チェックリスト',
    filled: [
      row('記入日', '令和6年6月1日'),
      row('1', 'バスや電車で1人で外出していますか', '☑はい　□いいえ'),
      row('9', '周りの人から物忘れがあると言われますか', '☑はい　□いいえ'),
    ],
    found: { checklist_date: ['2024-06-01'], checklist_answer: ['1=0', '9=1'] },
    blank: [row('記入日', ''), row('1', 'バスや電車で1人で外出していますか', '□はい　□いいえ')],
  },
  assessment_sheet: {
    title: 'アセスメントシート',
    filled: [row('アセスメント実施日', '令和6年6月4日'), row('実施場所', '■自宅　□その他')],
    found: { assessment_date: ['2024-06-04'], assessment_home_visit: [true] },
    blank: [row('アセスメント実施日', ''), row('実施場所', '□自宅　□その他')],
  },
  hihokenshasho: {
    title: '介護保険被保険者証',
    filled: [
      row('番号', '0000000101'),
      row('氏名', '見本 花子'),
      row('要介護状態区分等', '要支援1'),
      row('認定の有効期間', '令和6年4月1日～令和7年3月31日'),
    ],
    found: {
      insured_number: ['0000000101'],
      name: ['見本 花子'],
      certification: ['要支援1'],
      cert_valid_from: ['2024-04-01'],
      cert_valid_to: ['2025-03-31'],
    },
    blank: [row('番号', ''), row('氏名', ''), row('要介護状態区分等', '')],
  },
  keiyakusho: {
    title: '契約書',
    filled: [
      '見本 花子（以下「利用者」という。）と見本居宅介護支援事業所（以下「事業者」という。）は契約する。',
      row('契約締結日', '令和6年6月1日'),
      row('利用者氏名', '見本 花子'),
    ],
    found: {
      contract_party: ['riyosha', 'kyotaku_office'],
      contract_date: ['2024-06-01'],
      signed: [true],
    },
    blank: [row('契約締結日', ''), row('利用者氏名', '')],
    foundInBlank: { signed: [false], contract_party: ['riyosha'] },
  },
  juyo_jiko_setsumeisho: {
    title: '重要事項説明書',
    filled: [
      '説明を受け、同意し、交付を受けました。',
      row('同意日', '令和6年6月1日'),
      row('利用者氏名', '見本 花子'),
    ],
    found: { consent_date: ['2024-06-01'], signed: [true], consent_name: ['見本 花子'] },
    blank: ['説明を受け、同意し、交付を受けました。', row('同意日', ''), row('利用者氏名', '')],
    foundInBlank: { signed: [false] },
  },
  kojin_joho_doisho: {
    title: '個人情報使用同意書',
    filled: ['使用することに同意します。', '令和6年6月3日', '（利用者）氏名　見本 花子　印'],
    found: { consent_date: ['2024-06-03'], consent_by: ['user'], signed: [true] },
    blank: ['使用することに同意します。', '（利用者）氏名　　　　　印'],
    foundInBlank: { signed: [false] },
  },
  video_doisho: {
    title: 'テレビ電話装置等の活用についての同意書',
    filled: [
      'テレビ電話による面接に同意します。',
      row('同意日', '令和6年6月3日'),
      row('利用者氏名', '見本 花子'),
    ],
    found: { consent_date: ['2024-06-03'], signed: [true] },
    blank: ['テレビ電話による面接に同意します。', row('同意日', ''), row('利用者氏名', '')],
    foundInBlank: { signed: [false] },
  },
  tantosha_kaigi_record: {
    title: 'サービス担当者会議の要点',
    filled: [
      row('開催日', '令和6年6月7日'),
      'テレビ電話の活用：状態が安定している。',
      '情報は担当者から提供を受ける。',
    ],
    found: { meeting_date: ['2024-06-07'], video_agreed_item: ['a', 'c'] },
    blank: [row('開催日', ''), '状態が安定している。'],
  },
  monitoring_record: {
    title: 'モニタリング票',
    filled: [row('実施日', '令和6年6月20日', '方法', '■訪問　□電話')],
    found: { monitoring_entry: ['2024-06 visit'] },
    blank: [row('実施日', '', '方法', '□訪問　□電話')],
  },
  cover_sheet: {
    title: '送付票',
    filled: [cover],
    found: { cover_code: [cover] },
    blank: [cover.replace('2024-06', '2024-07')],
  },
  kyufu_kanrihyo: {
    title: '給付管理票',
    filled: ['令和6年6月分', row('居宅介護支援事業所番号', '0870100013'), row('単位数合計', '1,234')],
    found: { service_month: ['2024-06'], office_number: ['0870100013'], unit_count: [1234] },
    blank: [row('居宅介護支援事業所番号', ''), row('単位数合計', '')],
  },
};

const folder = join(profilesFolder(), '../shared/documents/forms');
const kinds = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !['form-catalogue.ts', 'read-form.ts'].includes(file))
  .map((file) => file.replace('.ts', '').replaceAll('-', '_'));

describe('the readers of forms', () => {
  it('are each in a file named after a kind of document', () => {
    expect(kinds.filter((kind) => !isDocumentKind(kind))).toEqual([]);
  });

  it('have each an example here', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(kinds.sort());
  });
});

describe.each(Object.entries(EXAMPLES))('the reader of %s', (kind, example) => {
  const read = (lines: PageLines): Partial<Record<FieldName, Reading['value'][]>> => {
    const fields: Partial<Record<FieldName, Reading['value'][]>> = {};
    if (!isDocumentKind(kind)) throw new Error(kind);
    for (const { field, value } of readForm('様式.pdf', kind, example.title, asPages(lines)))
      fields[field] = [...(fields[field] ?? []), value];
    return fields;
  };

  it('finds what is written', () => {
    const readings = read(example.filled);
    for (const [field, values] of Object.entries(example.found))
      expect([field, readings[field as FieldName] ?? []]).toEqual([field, values]);
  });

  it('finds nothing in a blank form', () => {
    expect(read(example.blank)).toEqual(example.foundInBlank ?? {});
  });
});
