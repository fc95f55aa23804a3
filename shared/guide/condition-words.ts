/** What a condition on a yes-or-no fact says in the guide: `[where it holds, where it does not]`, before 「場合」. */
const PHRASES: Record<string, [yes: string, no: string]> = {
  is_switch: ['区分が変わった', '区分が変わらない'],
  responsible_changes: ['担当が前の月と変わる', '担当が前の月と変わらない'],
  new_user: ['新規の利用者の', '新規の利用者でない'],
  office_commissioned: ['包括との委託契約がある', '包括との委託契約がない'],
  office_designated_kyotaku: ['事業所に居宅介護支援の指定がある', '事業所に居宅介護支援の指定がない'],
  office_designated_yobo_shien: ['事業所に介護予防支援の指定がある', '事業所に介護予防支援の指定がない'],
  'flags.advice_given': ['助言があった', '助言がなかった'],
  'flags.applies_yoshien': ['要支援認定を申請する', '要支援認定を申請しない'],
  'flags.checklist_date_on_card': [
    '被保険者証に基本チェックリストの実施日がある',
    '被保険者証に基本チェックリストの実施日がない',
  ],
  'flags.chiiki_care_kaigi': ['地域ケア会議からの求めがある', '地域ケア会議からの求めがない'],
  'flags.chusankan_shokibo_area': [
    '中山間地域等の小規模事業所が行う',
    '中山間地域等の小規模事業所でない事業所が行う',
  ],
  'flags.chusankan_teikyo_area': ['利用者が中山間地域等に住んでいる', '利用者が中山間地域等に住んでいない'],
  'flags.city_notice_needed': ['市に通知すべき事実がある', '市に通知すべき事実がない'],
  'flags.consent_electronic': ['同意や交付を電磁的方法で行った', '同意や交付を書面で行った'],
  'flags.contacted_hokatsu': ['包括へ連絡した', '包括へ連絡していない'],
  'flags.discharge': ['退院・退所する人からの依頼がある', '退院・退所する人からの依頼がない'],
  'flags.documents_requested_by_user': ['利用者から書類の申出がある', '利用者から書類の申出がない'],
  'flags.electronic_refused': [
    '電磁的方法による提供を受けない旨の申出がある',
    '電磁的方法による提供を受けない旨の申出がない',
  ],
  'flags.family_info_used': ['家族の個人情報を使う', '家族の個人情報を使わない'],
  'flags.fee_received': ['利用料の支払を受けた', '利用料の支払を受けていない'],
  'flags.itaku_contract_together': [
    '包括との委託契約を併せて結んでいる',
    '包括との委託契約を併せて結んでいない',
  ],
  'flags.joint_visit_requested': ['自宅訪問への同行の求めがある', '自宅訪問への同行の求めがない'],
  'flags.jushochi_tokurei': ['住所地特例の', '住所地特例でない'],
  'flags.juyo_jiko_electronic': ['重要事項を電磁的方法で提供した', '重要事項を文書で交付した'],
  'flags.keido_reigai': ['軽度者への福祉用具貸与の例外給付がある', '軽度者への福祉用具貸与の例外給付がない'],
  'flags.keika_requested': ['経過記録を求められた', '経過記録を求められていない'],
  'flags.kobetsu_kaigi': ['地域ケア個別会議に提出した', '地域ケア個別会議に提出していない'],
  'flags.kobetsu_keikaku_requested': [
    '個別サービス計画の提出を求めた記録がある',
    '個別サービス計画の提出を求めた記録がない',
  ],
  'flags.kosoku': ['身体的拘束等を行った', '身体的拘束等を行っていない'],
  'flags.managed_service_used': [
    '給付管理の対象となるサービスを使った',
    '給付管理の対象となるサービスを使っていない',
  ],
  'flags.managed_yobo_used': [
    '給付管理の対象となる予防給付を使った',
    '給付管理の対象となる予防給付を使っていない',
  ],
  'flags.no_service_used': ['サービスを使わなかった', 'サービスを使った'],
  'flags.office_changed': ['月の途中で事業所が変わった', '月の途中で事業所が変わっていない'],
  'flags.personal_info_consent_family': ['家族の個人情報の同意がある', '家族の個人情報の同意がない'],
  'flags.personal_info_consent_user': ['利用者の個人情報の同意がある', '利用者の個人情報の同意がない'],
  'flags.plan_exists': ['計画がすでにある', '計画がまだない'],
  'flags.riyusho_requested': ['理由書を求められた', '理由書を求められていない'],
  'flags.significant_change': ['利用者の状況に著しい変化がある', '利用者の状況に著しい変化がない'],
  'flags.tokubetsu_chiiki_area': ['特別地域にある事業所が行う', '特別地域にない事業所が行う'],
};

/** The phrase of a yes-or-no fact, or its label where it has none. */
export const phraseOf = (path: string, label: string, holds: boolean): string =>
  PHRASES[path]?.[holds ? 0 : 1] ?? `「${label}」が「${holds ? 'はい' : 'いいえ'}」の`;
