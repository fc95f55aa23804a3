/** Code tables of the standard (CSVファイルレイアウト定義書 V4.1). Three codings of 要介護状態区分 mean one thing. */

export const SEX = { '1': '男', '2': '女' } as const;
export const PLAN_KIND = { '1': '介護予防支援', '2': '介護予防ケアマネジメント' } as const;
export const COMMISSIONED = { '1': '自前', '2': '委託' } as const;
export const PLAN_DIVISION = {
  '11': '初回',
  '12': '紹介',
  '21': '継続',
  '51': '初回＆紹介',
  '52': '初回＆継続',
  '53': '紹介＆継続',
  '54': '初回＆紹介＆継続',
} as const;
export const CERT_STATUS = { '1': '申請中', '2': '認定済' } as const;

const CARE_LEVELS = {
  '21': '要介護1',
  '22': '要介護2',
  '23': '要介護3',
  '24': '要介護4',
  '25': '要介護5',
} as const;
/** UPHOSOKU No.18・59, UP1KYO No.21 */
export const CERTIFICATION = {
  '06': '事業対象者',
  '12': '要支援1',
  '13': '要支援2',
  ...CARE_LEVELS,
} as const;
/** UPKIHON No.23・26: 事業対象者 has no code here; No.27 tells it */
export const CERTIFICATION_KIHON = {
  '01': 'none',
  '12': '要支援1',
  '13': '要支援2',
  ...CARE_LEVELS,
} as const;
/** UPYOBO No.14 */
export const CERTIFICATION_YOBO = { '1': '要支援1', '2': '要支援2', '3': '事業対象者' } as const;

export const CHECKLIST_RESULT = { '1': '該当あり', '2': '該当なし' } as const;
export const YES_NO = { '1': '有', '2': '無' } as const;
export const NEEDED = { '1': '要', '2': '否' } as const;
export const FLAG = { '0': '非該当', '1': '該当' } as const;
export const COVERED = { Y: '対象', N: '対象外' } as const;
export const WEEKDAY = {
  '1': '月',
  '2': '火',
  '3': '水',
  '4': '木',
  '5': '金',
  '6': '土',
  '7': '日',
} as const;
export const HOUSEWORK_REASON = { '1': '一人暮らし', '2': '家族等が障害、疾病等', '3': 'その他' } as const;
export const CONSULTED_BY = { '01': '来所', '02': '電話', '03': 'その他' } as const;
export const CONSULTED_BEFORE = { '01': '初回', '02': '再来' } as const;
export const LIVING = { '01': '在宅', '02': '入院又は入所中' } as const;
export const INDEPENDENCE = {
  '01': '自立',
  '11': 'J1',
  '12': 'J2',
  '21': 'A1',
  '22': 'A2',
  '31': 'B1',
  '32': 'B2',
  '41': 'C1',
  '42': 'C2',
} as const;
export const DEMENTIA = {
  '01': '自立',
  '02': 'Ⅰ',
  '03': 'Ⅱａ',
  '04': 'Ⅱｂ',
  '05': 'Ⅲａ',
  '06': 'Ⅲｂ',
  '07': 'Ⅳ',
  '08': 'Ｍ',
} as const;
export const HOUSING = {
  '01': '自宅',
  '02': '借家',
  '03': '一戸建て',
  '04': '集合住宅',
  '05': '自宅・一戸建て',
  '06': '自宅・集合住宅',
  '07': '借家・一戸建て',
  '08': '借家・集合住宅',
} as const;
export const DOCTOR = { '1': '主治医', '2': 'それ以外' } as const;
export const COURSE = { '01': '治療中', '02': '経過観察中', '03': 'その他' } as const;
