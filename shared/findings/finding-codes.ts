/**
 * Every finding code, with the line a clerk reads. The compiler checks that none is missing.
 * Codes of law come from the sources (see profiles/); codes of files are the desk's own.
 */
export interface FindingCodeText {
  /** what the code means, in Japanese */
  ja: string;
  /** the same in English */
  en: string;
  /**
   * No city can waive a rule that raises it. person: it protects a person. month: it decides whether the month may be
   * carried out or claimed
   */
  guards?: 'person' | 'month';
}

export const FINDING_CODES = {
  // 区分・経路・請求
  F_CATEGORY_MISMATCH: {
    ja: 'ケアマネジメント区分が実績または認定と合わない',
    en: 'category does not match services or certification',
    guards: 'month',
  },
  F_ROUTE: { ja: '認められない実施経路', en: 'route not allowed', guards: 'month' },
  F_ROUTE_PRINCIPLE: { ja: '原則に反する実施経路', en: 'route against a principle' },
  F_PAYER: { ja: '請求先が違う', en: 'claimed to the wrong payer', guards: 'month' },
  F_UNITS: { ja: '請求単位数が違う', en: 'claimed units differ', guards: 'month' },
  F_ADDON_NOT_ALLOWED: { ja: '算定できない加算', en: 'add-on not claimable', guards: 'month' },
  F_SHOKAI_NO_NEW_PLAN: {
    ja: '初回加算の根拠となる新しいアセスメント・計画がない',
    en: 'first-month add-on without fresh assessment and plan',
    guards: 'month',
  },
  // 指定
  F_DESIGNATION_REQ: { ja: '指定の要件を満たさない', en: 'designation requirement not met', guards: 'month' },
  F_DESIGNATION_CITY: {
    ja: '利用者の保険者による指定がない',
    en: 'not designated by the city of the user',
    guards: 'month',
  },
  F_SUBCONTRACT_FORBIDDEN: { ja: '認められない委託', en: 'forbidden commission', guards: 'month' },
  F_STANDARD: { ja: '人員・運営の基準を満たさない', en: 'staffing or operating standard not met' },
  // 契約・同意
  F_CONTRACT_PARTIES: { ja: '契約の当事者が足りない', en: 'contract parties missing' },
  F_CONTRACT_MISSING: { ja: '契約がない', en: 'contract missing' },
  F_CONSENT: { ja: '文書による同意がない', en: 'written consent missing', guards: 'person' },
  F_SIGNATURE: { ja: '署名・押印・同意がない', en: 'signature or seal missing', guards: 'person' },
  // 届出
  F_TODOKE_MISSING: { ja: '届出がない', en: 'notification missing' },
  F_TODOKE_KIND: { ja: '届出の新規・変更の別が違う', en: 'notification kind wrong' },
  F_TODOKE_BODY: { ja: '届出の担当・受託事業所が違う', en: 'responsible or entrusted body wrong' },
  F_TODOKE_DEST: { ja: '届出の提出先が違う', en: 'notification sent to the wrong addressee' },
  // 書類
  F_DOC_MISSING: { ja: '必要書類がない', en: 'required document missing' },
  F_REASON_NOT_STATED: { ja: '区分の変更理由が読み取れない', en: 'reason of the category change not stated' },
  F_ORIGINAL_REQUIRED: { ja: '原本の提出が必要', en: 'original required' },
  F_RECORD_TAG: { ja: '経過記録に見出しがない', en: 'mark missing in the record' },
  F_FIELD_BLANK: { ja: '様式の必要な欄が空欄', en: 'required field of a form is blank' },
  // 期限
  F_TRANSITION_OVERDUE: { ja: '直接実施への移行期限を過ぎた', en: 'transition overdue' },
  F_SUBMIT_LATE: { ja: '提出期限を過ぎた', en: 'submitted late' },
  F_CLAIM_LATE: { ja: '月遅れ請求', en: 'claim late' },
  F_RENEWAL_LATE: { ja: '更新申請が遅い', en: 'renewal applied late' },
  F_ADVICE_OVERDUE: { ja: '助言の期限を過ぎた', en: 'advice overdue' },
  F_DATE_CONVENTION: { ja: '起算日の読み方で適否が分かれる', en: 'outcome depends on how days are counted' },
  // 認定・基本チェックリスト
  F_CHECKLIST_STALE: { ja: '基本チェックリストが古い', en: 'checklist stale' },
  F_CHECKLIST_NOT_SUBMITTED: { ja: '基本チェックリストの結果が未提出', en: 'checklist not submitted' },
  F_NOT_ELIGIBLE: { ja: '対象者であることを確認できない', en: 'eligibility not shown', guards: 'month' },
  F_CERT_EXPIRED: { ja: '認定の有効期間外', en: 'certification expired', guards: 'month' },
  F_CERT_PENDING: { ja: '認定の結果を待っている', en: 'certification applied for, result open' },
  F_CERT_CHANGED: { ja: '月の途中で認定が変わった', en: 'certification changed within the month' },
  F_ACTUAL_MISSING: { ja: '実績が届いていない', en: 'record of use missing' },
  F_WELFARE: {
    ja: '被保険者でない生活保護受給者（みなし2号）',
    en: 'on public assistance, not insured',
    guards: 'month',
  },
  F_SERVICE_ENDED: { ja: '終わったサービスの種類', en: 'kind of service that ended' },
  // モニタリング・評価
  F_MONITOR_VISIT: { ja: '訪問・面接が足りない', en: 'home visit missing' },
  F_MONITOR_RECORD_MISSING: { ja: 'モニタリング記録がない月がある', en: 'monitoring record missing' },
  F_MONTHLY_CONTACT: { ja: '連絡のない月がある', en: 'monthly contact missing' },
  F_VIDEO_CONDITION: {
    ja: 'テレビ電話による面接の条件を満たさない',
    en: 'condition of video interview not met',
  },
  F_VISIT_EVALUATION_MONTH: { ja: '評価期間の終了月に訪問がない', en: 'no visit in the evaluation month' },
  F_VISIT_SIGNIFICANT_CHANGE: {
    ja: '著しい変化があったのに訪問がない',
    en: 'no visit after a marked change',
  },
  F_HYOKA_RESULT: { ja: '評価結果の区分が違う', en: 'evaluation result wrong' },
  // 提出経路・圏域・その後
  F_TRANSMISSION: { ja: '推奨されない提出方法', en: 'way of submission not recommended' },
  F_TRANSMISSION_UNLISTED: { ja: '資料に挙げられていない提出方法', en: 'way of submission not listed' },
  F_AREA_MISMATCH: { ja: '提出先の圏域が違う', en: 'sent to the wrong area' },
  F_FINAL_PLAN_NOT_SUBMITTED: { ja: '確定後の計画が提出されていない', en: 'final plan not submitted' },
  F_CONTACT_MISSING: { ja: '包括への連絡がない', en: 'center was not contacted' },
  // 案内
  F_CM_C_EXEMPT: { ja: 'ケアマネジメントCのため適用しない', en: 'does not apply to type C' },
  F_HANDOVER: { ja: '引継ぎが必要', en: 'hand-over needed' },
  F_RULE_NOT_APPLICABLE: { ja: 'この決まりの対象外', en: 'rule not applicable' },
  F_SOURCE_AMBIGUOUS: { ja: '資料の記載が一つに定まらない', en: 'source text is unclear' },
  // ZIP
  F_ZIP_NOT_ZIP: { ja: 'ZIPファイルではない', en: 'not a ZIP' },
  F_ZIP_EMPTY: { ja: 'ZIPの中にファイルがない', en: 'empty ZIP' },
  F_ZIP_DAMAGED: { ja: 'ZIPが壊れている', en: 'damaged ZIP' },
  F_ZIP_ENCRYPTED: { ja: 'パスワード付きのZIP', en: 'encrypted ZIP entry' },
  F_ZIP_UNSAFE_PATH: { ja: '危険なファイル名', en: 'unsafe path' },
  F_ZIP_TOO_LARGE: { ja: 'ZIPが制限を超えている', en: 'ZIP over a limit' },
  F_ZIP_DUPLICATE_NAME: { ja: '同じ名前のファイルが二つある', en: 'duplicate name' },
  F_ZIP_NESTED: { ja: 'ZIPの入れ子が深すぎる', en: 'ZIP nested too deep' },
  F_ZIP_NAME: { ja: 'ファイル名の文字コードを読み替えた', en: 'file names decoded' },
  // ファイル
  F_FILE_UNKNOWN: { ja: '扱えない種類のファイル', en: 'unknown file' },
  F_FILE_EMPTY: { ja: '空のファイル', en: 'empty file' },
  F_FILE_TOO_LARGE: { ja: 'ファイルが大きすぎる', en: 'file too large' },
  F_FILE_DUPLICATE: { ja: '同じ内容のファイル', en: 'duplicate file' },
  F_FILE_DESK_FAULT: {
    ja: '受付の不具合で読み取れなかった',
    en: 'not read because of a fault of the desk',
  },
  F_FILE_DAMAGED: { ja: 'ファイルが壊れている', en: 'damaged file' },
  F_FILE_LOST: { ja: '受付の故障で読み取れなくなった', en: 'lost by a failure of the desk' },
  F_FILE_MALWARE: { ja: 'ウイルスなどが見つかった', en: 'malware found' },
  F_FILE_UNSCANNABLE: { ja: 'ウイルス検査ができない', en: 'cannot be scanned for malware' },
  F_FILE_IMAGE: { ja: '画像のため目視が必要', en: 'image, please look' },
  F_FILE_OCR: { ja: '画像から読み取った値の確認が必要', en: 'value read by OCR must be confirmed' },
  F_FILE_MYNUMBER: { ja: '個人番号（マイナンバー）が含まれている', en: 'carries an individual number' },
  F_FILE_NORMALISED: { ja: '読み取り時に文字を読み替えた', en: 'normalised on reading' },
  // CSV
  F_CSV_ENCODING: { ja: 'CSVの文字コードが読めない', en: 'CSV cannot be decoded' },
  F_CSV_GAIJI: { ja: '外字が含まれている', en: 'user-defined character' },
  F_CSV_TYPE: { ja: 'CSVの種類が分からない', en: 'CSV type unknown' },
  F_CSV_NAME: { ja: 'CSVのファイル名が標準仕様と合わない', en: 'CSV file name' },
  F_CSV_COLUMNS: { ja: 'CSVの列数が違う', en: 'wrong column count' },
  F_CSV_QUOTE: { ja: 'CSVの引用符が閉じていない', en: 'broken quotes' },
  F_CSV_HEADER: { ja: 'CSVに見出し行がある', en: 'header row' },
  F_CSV_EMPTY: { ja: 'CSVに行がない', en: 'no rows' },
  F_CSV_REQUIRED: { ja: 'CSVの必須項目が空', en: 'required item empty' },
  F_CSV_VALUE: { ja: 'CSVの値が正しくない', en: 'invalid value' },
  F_CSV_VERSION: { ja: 'CSVバージョンが標準と違う', en: 'CSV version' },
  F_CSV_SET: { ja: 'CSVの組合せが足りない', en: 'incomplete set of CSV files' },
  F_CSV_KEY: { ja: 'CSVどうしの番号や日付が一致しない', en: 'keys do not join' },
  F_CSV_EXCEL: { ja: '表計算ソフトで値が壊れている', en: 'damaged by a spreadsheet' },
  F_CSV_CHECK_DIGIT: { ja: '番号のチェックデジットが合わない', en: 'check digit' },
  F_CSV_DELETED: { ja: '削除ファイルによる取下げ', en: 'withdrawn by a delete file' },
  // PDF
  F_PDF_BROKEN: { ja: 'PDFを開けない', en: 'PDF cannot be opened' },
  F_PDF_ENCRYPTED: { ja: 'パスワード付きのPDF', en: 'encrypted PDF' },
  F_PDF_NO_TEXT: { ja: 'PDFに文字がない', en: 'PDF without characters' },
  F_PDF_UNKNOWN_FORM: { ja: '様式を判別できないPDF', en: 'form not recognised' },
  F_PDF_CHOICE: { ja: 'どれを選んだか分からない', en: 'no option marked, or not clear' },
  F_PDF_TOO_MANY_PAGES: { ja: 'PDFのページ数が多すぎる', en: 'too many pages' },
  // 提出単位
  F_PACKET_JSON: { ja: '送付票に読めないところがある', en: 'packet.json invalid' },
  F_PACKET_LONE: {
    ja: '一部の書類だけが送られ、どの提出のものか分からない',
    en: 'papers of one kind alone, without a month: part of which packet?',
  },
  F_PACKET_EMPTY: { ja: '読み取れる書類がない', en: 'no readable document' },
  F_PACKET_NO_PERSON: { ja: '利用者を特定できない', en: 'no person identifiable' },
  F_PACKET_TWO_PERSONS: { ja: '二人以上の利用者の書類が混ざっている', en: 'two persons in one folder' },
  F_PACKET_UNASSIGNED: {
    ja: 'どの利用者の書類か分からない',
    en: 'papers of an upload of several persons that lead to no one',
  },
  F_PACKET_HANDED_OVER: {
    ja: '束の書類を利用者ごとの提出に加えた',
    en: 'papers of a stack joined the packets of their persons',
  },
  F_PACKET_UNKNOWN_INSURER: { ja: '扱っていない保険者番号', en: 'unknown insurer' },
  F_PACKET_MOVED: { ja: '月の途中で保険者が変わった', en: 'insurer changed within the month' },
  F_PACKET_RESIDENCE: {
    ja: '住所地特例の利用者',
    en: 'lives in a facility of another city than the insurer',
  },
  F_PACKET_NO_MONTH: { ja: 'サービス提供月が分からない', en: 'service month unknown' },
  F_PACKET_TWO_MONTHS: { ja: '二つ以上の提供月が混ざっている', en: 'two service months' },
  F_PACKET_OFFICE: { ja: '事業所が登録簿で確認できない', en: 'office not in the registry' },
  F_PACKET_SENDER: { ja: '送信者が書類の事業所ではない', en: 'sender is not the office of the papers' },
  F_PACKET_AREA: { ja: '担当圏域が決まらない', en: 'area unresolved' },
  F_PACKET_DECLARED: { ja: '送付票に書かれた書類が見つからない', en: 'declared document not found' },
  F_CLAIM_OFFICE: {
    ja: '給付管理と請求を担当する事業所を、地域包括支援センターに確かめる',
    en: 'ask the center which office claims the month',
  },
  F_PACKET_TWO_OFFICES: {
    ja: '同じ利用者の同じ月を、別の事業所も出している',
    en: 'another office sent papers of the same person and month',
  },
  F_PACKET_OVERTAKEN: {
    ja: '書類を加えた先が、いまの版ではない',
    en: 'completes a version that no longer counts',
  },
  F_PACKET_LEDGER: { ja: '受付台帳の合計が合わない', en: 'ledger does not close' },
  F_PACKET_REVIEW_RETURNED: { ja: '審査の担当者が差し戻した', en: 'returned by a reviewer' },
  F_PACKET_RESTORED: { ja: '失われた判定をやり直した', en: 'lost verdict decided again' },
  // 事実
  F_FACT_CONFLICT: { ja: '資料の間で内容が食い違う', en: 'sources disagree' },
  F_FACT_LATER_MONTH: {
    ja: '先に審査した後の月の前提が変わる',
    en: 'changes the basis of a later month already decided',
  },
  F_FACT_NAME: { ja: '氏名が資料の間で違う', en: 'names differ' },
  F_FACT_UNDECIDED: { ja: '判断に必要な事実が足りない', en: 'a fact needed to decide is missing' },
} as const satisfies Record<string, FindingCodeText>;

export type FindingCode = keyof typeof FINDING_CODES;

/** What a finding guards, so that it stays whatever a city waives. */
export function guardOf(code: FindingCode): FindingCodeText['guards'] {
  const text: FindingCodeText = FINDING_CODES[code];
  return text.guards;
}
