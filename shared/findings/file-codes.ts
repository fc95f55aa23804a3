import type { Severity } from './finding.ts';
import type { FindingCode } from './finding-codes.ts';

/** About packets, and yet raised by a rule with its citation. */
const RULED = 'F_PACKET_TWO_OFFICES';
type RuledCode = typeof RULED;

/** Findings about files, not law: raised by the readers, without a rule or citation. */
export type FileCode = Extract<
  Exclude<FindingCode, RuledCode>,
  | `F_ZIP_${string}`
  | `F_FILE_${string}`
  | `F_CSV_${string}`
  | `F_PDF_${string}`
  | `F_PACKET_${string}`
  | `F_FACT_${string}`
>;

export const isFileCode = (code: FindingCode): code is FileCode =>
  code !== RULED && /^F_(ZIP|FILE|CSV|PDF|PACKET|FACT)_/.test(code);

/** With which severities a file code occurs, and what mends it in general; a finding itself names file and place. */
export const FILE_CODES: Record<FileCode, { severities: Severity[]; remedy: string }> = {
  F_ZIP_NOT_ZIP: {
    severities: ['error'],
    remedy: '書類を利用者ごとのフォルダーに入れ、ZIP形式で圧縮してから送る',
  },
  F_ZIP_EMPTY: {
    severities: ['error', 'info'],
    remedy: '書類を入れてZIPを作り直す（空のフォルダーの案内は対応不要）',
  },
  F_ZIP_DAMAGED: {
    severities: ['error', 'warn', 'info'],
    remedy: 'ZIPを標準の方式で作り直し、最後まで送信されたことを確かめる',
  },
  F_ZIP_ENCRYPTED: { severities: ['error'], remedy: 'パスワードを付けずにZIPを作り直す' },
  F_ZIP_UNSAFE_PATH: {
    severities: ['error'],
    remedy: 'ファイル名を付け直し、リンクではなくファイルそのものを入れる',
  },
  F_ZIP_TOO_LARGE: { severities: ['error'], remedy: '利用者を分け、何回かに分けて送る' },
  F_ZIP_DUPLICATE_NAME: {
    severities: ['error', 'info'],
    remedy: '正しいほうだけを残すか、名前を変えてZIPを作り直す（内容も同じなら対応不要）',
  },
  F_ZIP_NESTED: { severities: ['error'], remedy: '中のZIPを展開し、利用者ごとのフォルダーにして送る' },
  F_ZIP_NAME: {
    severities: ['info', 'warn'],
    remedy: '読み方が正しければ対応不要。違えばファイル名を付け直す',
  },
  F_FILE_UNKNOWN: {
    severities: ['warn'],
    remedy: 'CSV（ケアプランデータ連携標準仕様）、PDF、Excel・Word、画像のどれかにして送り直す',
  },
  F_FILE_EMPTY: { severities: ['error'], remedy: '元のファイルを開けることを確かめ、保存し直して送る' },
  F_FILE_TOO_LARGE: {
    severities: ['error'],
    remedy: 'ファイルを書類ごとに分けるか、元のソフトから作り直して送る',
  },
  F_FILE_DUPLICATE: { severities: ['info'], remedy: '対応不要（一つとして扱う）' },
  F_FILE_DAMAGED: { severities: ['error'], remedy: '元のファイルを開けることを確かめ、出力し直して送る' },
  F_FILE_DESK_FAULT: { severities: ['review'], remedy: '対応不要（受付が目で見て、不具合を直す）' },
  F_FILE_LOST: { severities: ['error'], remedy: '同じものをもう一度送る（書類の誤りではない）' },
  F_FILE_MALWARE: {
    severities: ['error'],
    remedy: 'パソコンを検査・駆除し、元のソフトから書類を作り直して送る',
  },
  F_FILE_UNSCANNABLE: {
    severities: ['error'],
    remedy: 'パスワードを外し、中のZIPを展開し、何回かに分けて送る',
  },
  F_FILE_IMAGE: {
    severities: ['review'],
    remedy: '担当者が目で見る。次回からは介護ソフトのPDFかCSVで送ると早い',
  },
  F_FILE_OCR: {
    severities: ['review'],
    remedy: '番号が文字で入った書類（CSVや文字のあるPDF）を一つ加えると、確認なしで受け付けられる',
  },
  F_FILE_MYNUMBER: { severities: ['error'], remedy: '個人番号を塗りつぶすか、そのページを抜いて送り直す' },
  F_FILE_NORMALISED: { severities: ['info'], remedy: '読み替えが正しければ対応不要' },
  F_CSV_ENCODING: {
    severities: ['error', 'info'],
    remedy: '介護ソフトから出力し直す（手で直したときはShift_JISで保存する）',
  },
  F_CSV_GAIJI: { severities: ['warn'], remedy: '外字を標準の文字かひらがなに置き換えて出力し直す' },
  F_CSV_TYPE: {
    severities: ['error', 'warn'],
    remedy: '標準仕様のCSVなら出力されたままのファイル名に戻す。ほかのCSVはPDFにするか抜く',
  },
  F_CSV_NAME: {
    severities: ['warn', 'info'],
    remedy: '介護ソフトが出力したままのファイル名と内容で送る（何か月分もあるファイルの案内は対応不要）',
  },
  F_CSV_COLUMNS: {
    severities: ['error', 'info'],
    remedy: '介護ソフトの標準仕様の版（V4.1）を確かめて出力し直す',
  },
  F_CSV_QUOTE: { severities: ['error'], remedy: '介護ソフトから出力し直す' },
  F_CSV_HEADER: { severities: ['info'], remedy: '対応不要（見出し行を読み飛ばす）' },
  F_CSV_EMPTY: { severities: ['error'], remedy: '出力の条件（利用者・対象年月）を確かめて出力し直す' },
  F_CSV_REQUIRED: {
    severities: ['error', 'warn', 'info'],
    remedy: '介護ソフトでその項目を入力し、出力し直す',
  },
  F_CSV_VALUE: {
    severities: ['error', 'warn', 'info'],
    remedy: '介護ソフトでその項目の値を直し、出力し直す',
  },
  F_CSV_VERSION: {
    severities: ['warn', 'info'],
    remedy: '介護ソフトを標準仕様V4.1に更新する。そのまま受け付ける',
  },
  F_CSV_SET: {
    severities: ['error', 'warn', 'review', 'info'],
    remedy: '対になるCSV（UPYOBOとUPYOBO_SUBなど）を同じフォルダーに入れて送り直す',
  },
  F_CSV_KEY: { severities: ['error', 'warn', 'info'], remedy: '対になるCSVを同時に出力し直す' },
  F_CSV_EXCEL: {
    severities: ['error', 'warn', 'info'],
    remedy: '表計算ソフトで開いて保存せず、介護ソフトから出力し直してそのまま送る',
  },
  F_CSV_CHECK_DIGIT: { severities: ['info'], remedy: '番号に誤りがないか確かめる。正しければ対応不要' },
  F_CSV_DELETED: {
    severities: ['review', 'info'],
    remedy: '取下げのときは、提出先の地域包括支援センターにも連絡する',
  },
  F_PDF_BROKEN: { severities: ['error'], remedy: '元のソフトからPDFを作り直し、開けることを確かめて送る' },
  F_PDF_ENCRYPTED: { severities: ['error'], remedy: 'パスワードを外したPDFを送る' },
  F_PDF_NO_TEXT: {
    severities: ['review'],
    remedy: '担当者が目で見る。フォントを埋め込む設定でPDFを作り直すと読み取れる',
  },
  F_PDF_UNKNOWN_FORM: {
    severities: ['warn'],
    remedy: '様式の題名が印刷されているか、不要な書類が混ざっていないかを確かめる',
  },
  F_PDF_CHOICE: {
    severities: ['review', 'info'],
    remedy: '選んだものに印（■、✓、○囲み）を付けて送り直す。担当者が目で確かめる',
  },
  F_PDF_TOO_MANY_PAGES: { severities: ['error'], remedy: '利用者ごと、書類ごとにPDFを分ける' },
  F_PACKET_JSON: {
    severities: ['error', 'info'],
    remedy:
      '送付票の値を、書ける語に直す。読めない送付票は作り直すか外す（受付の項目にない書き添えは対応不要）',
  },
  F_PACKET_LONE: {
    severities: ['review'],
    remedy: 'もとの提出の「書類を追加・差し替え」から送るか、その月のほかの書類と一緒に送る',
  },
  F_PACKET_EMPTY: { severities: ['error'], remedy: 'CSV、PDF、画像のいずれかの書類を入れる' },
  F_PACKET_NO_PERSON: {
    severities: ['error'],
    remedy: '被保険者番号（10桁）が読める書類を加えるか、送付票に書く',
  },
  F_PACKET_TWO_PERSONS: {
    severities: ['error', 'info'],
    remedy: '混ざった書類を抜き、正しい利用者の書類と一緒に送る（サービス事業所の実績の案内は対応不要）',
  },
  F_PACKET_UNASSIGNED: {
    severities: ['review'],
    remedy: '被保険者番号の分かる書類にして、その利用者の分を送る',
  },
  F_PACKET_HANDED_OVER: { severities: ['info'], remedy: '対応は不要' },
  F_PACKET_UNKNOWN_INSURER: {
    severities: ['error', 'review'],
    remedy: '保険者番号が読める書類を加えるか、送付票に書く。住所地特例ならその旨を書く',
  },
  F_PACKET_MOVED: {
    severities: ['review'],
    remedy: '前の保険者の分を抜いて、その市町村の窓口へ出す。別の利用者の書類であれば抜く',
  },
  F_PACKET_RESIDENCE: {
    severities: ['review'],
    remedy: '住所地特例であることと施設の所在地が分かる書類を添える',
  },
  F_PACKET_NO_MONTH: { severities: ['review'], remedy: '利用票を加えるか、送付票にサービス提供月を書く' },
  F_PACKET_TWO_MONTHS: {
    severities: ['error', 'review'],
    remedy: '月ごとにフォルダーを分けるか、送付票にサービス提供月を書く',
  },
  F_PACKET_OFFICE: { severities: ['review'], remedy: '送付票に事業所番号を書く' },
  F_PACKET_SENDER: {
    severities: ['review', 'info'],
    remedy: '書類の事業所番号を直して出し直すか、その事業所から送ってもらう（代わりに送った案内は対応不要）',
  },
  F_PACKET_AREA: {
    severities: ['review'],
    remedy: '利用者基本情報の住所と、計画書の担当地域包括支援センターを確かめる',
  },
  F_PACKET_DECLARED: { severities: ['review'], remedy: '送付票に書いた書類を加えるか、記載を直す' },
  F_PACKET_OVERTAKEN: {
    severities: ['review'],
    remedy: '間に受け付けた版の書類も要るときは、この版に同じファイルをもう一度加える',
  },
  F_PACKET_LEDGER: { severities: ['review'], remedy: '担当者が受付台帳を確かめる' },
  F_PACKET_REVIEW_RETURNED: {
    severities: ['error'],
    remedy: '担当者が書いた理由を確かめて直し、出し直す',
  },
  F_PACKET_RESTORED: {
    severities: ['review', 'info'],
    remedy: '前回の通知と照らして、どちらの結果が正しいか確かめる（同じ結果なら対応不要）',
  },
  F_FACT_CONFLICT: { severities: ['review', 'info'], remedy: 'どちらが正しいか確かめ、書類か送付票を直す' },
  F_FACT_LATER_MONTH: {
    severities: ['review'],
    remedy: '後の月の区分・届出・加算を、この月の区分に照らして確かめる',
  },
  F_FACT_NAME: { severities: ['review'], remedy: '氏名を確かめ、誤りを直すか、別の利用者の書類を抜く' },
  F_FACT_UNDECIDED: { severities: ['review'], remedy: '足りない内容が分かる書類を加えるか、送付票に書く' },
};
