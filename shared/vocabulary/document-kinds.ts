/**
 * The kinds of document, with the title a clerk reads. Keys: the vocabulary of the worked cases.
 * How a kind is recognised in print (title variants, labels): profiles/forms.yaml.
 */
export const DOCUMENT_KINDS = {
  riyosha_kihon_joho: '利用者基本情報',
  kihon_checklist: '基本チェックリスト',
  kihon_checklist_new: '再実施した基本チェックリスト',
  kihon_checklist_or_yoshien_application: '基本チェックリスト又は要支援認定申請',
  assessment_sheet: 'アセスメントシート',
  assessment_record: 'アセスメントの結果の記録',
  shien_keikakusho: '介護予防サービス・支援計画書',
  shien_keikakusho_signed: '介護予防サービス・支援計画書（文書同意あり）',
  shien_keikakusho_final: '確定後の介護予防サービス・支援計画書',
  care_plan_original: 'ケアプラン（原本）',
  care_plan_copy: 'ケアプラン（写し）',
  keika_kiroku: '介護予防支援経過記録',
  shien_keika: '支援経過',
  shien_keika_with_reason: '支援経過（区分の変更理由が分かるもの）',
  hyokahyo: 'サービス評価表',
  hyoka_record: '評価の結果の記録',
  riyohyo: '利用票',
  riyohyo_beppyo: '利用票別表',
  riyohyo_copy: '利用票の写し',
  teikyohyo: '提供票・別表',
  kaigo_yobo_todoke: '介護予防サービス計画作成・介護予防ケアマネジメント依頼（変更）届出書',
  sogo_jigyo_todoke: '総合事業届出書',
  kyotaku_todoke: '居宅サービス計画作成依頼（変更）届出書',
  hihokenshasho: '介護保険被保険者証',
  futan_wariaisho: '負担割合証',
  keiyakusho: '契約書',
  juyo_jiko_setsumeisho: '重要事項説明書',
  kojin_joho_doisho: '個人情報の使用に係る同意書',
  kojin_joho_doisho_user: '個人情報の使用に係る同意書（利用者）',
  kojin_joho_doisho_family: '個人情報の使用に係る同意書（家族）',
  tantosha_kaigi_record: 'サービス担当者会議の記録又は照会の記録',
  kobetsu_keikaku: '個別サービス計画',
  monitoring_record: 'モニタリングの結果の記録',
  renraku_chosei_record: '連絡調整に関する記録',
  follow_up_sheet: 'フォローアップシート',
  kyufu_kanrihyo: '給付管理票',
  seikyusho: '請求書',
  kaigo_kyufuhi_seikyusho_meisaisho: '介護給付費請求書・明細書',
  sogo_jigyohi_seikyusho_meisaisho: '介護予防・日常生活支援総合事業費請求書・明細書',
  teikyo_shomeisho: '第１号介護予防支援提供証明書',
  riyusho: '理由書',
  zantei_plan: '暫定プラン',
  video_doisho: 'テレビ電話装置等の活用についての文書同意',
  keido_kihon_chosa_kakuninsho: '軽度者の福祉用具貸与に係る要介護認定基本調査項目確認書',
  keido_reigai_kakunin_todoke: '軽度者に関する福祉用具貸与の例外給付に係る確認届出書',
  kosoku_record: '身体的拘束等の記録',
  latest_keikaku: '直近の計画',
  jisshi_jokyo_shorui: '実施状況に関する書類',
  keikaku: '計画',
  hosoku_joho: '利用者補足情報',
  cover_sheet: '送付票',
} as const satisfies Record<string, string>;

export type DocumentKind = keyof typeof DOCUMENT_KINDS;
export const isDocumentKind = (key: string): key is DocumentKind => Object.hasOwn(DOCUMENT_KINDS, key);
export const documentTitle = (key: string): string => (isDocumentKind(key) ? DOCUMENT_KINDS[key] : key);

/** How a file's text was obtained. `none`: not read yet, which is never a success. */
export type ReadBy = 'csv' | 'text' | 'ocr' | 'none';
