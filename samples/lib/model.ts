import { printDate } from './print-habits.ts';

/** The people, offices and services of a synthetic packet. Dates are ISO, months YYYY-MM. */

export interface City {
  key: 'iwaki' | 'mito' | 'okayama' | 'nobeoka' | 'kumamoto';
  name: string;
  /** 保険者番号, 6 digits */
  insurer: string;
}

export interface Body {
  /** 事業所番号, 10 characters */
  number: string;
  name: string;
  postal: string;
  address: string;
  phone: string;
}

/** 地域包括支援センター (熊本市: ささえりあ). */
export interface Center extends Body {
  city: City;
  staff: string;
}

/** 居宅介護支援事業所. */
export interface Office extends Body {
  careManager: string;
}

export type Certification = '要支援1' | '要支援2' | '事業対象者' | '要介護1';

export interface Person {
  /** 被保険者番号 */
  insured: string;
  name: string;
  /** half-width kana is avoided: full-width katakana */
  kana: string;
  sex: '男' | '女';
  birth: string;
  postal: string;
  address: string;
  phone: string;
  family: { name: string; kana: string; relation: string; address: string; phone: string };
  certification: Certification;
  certDecided: string;
  certFrom: string;
  certTo: string;
  /** 基本チェックリスト: day and the numbers of the questions that count 1 */
  checklist: { date: string; hits: number[] };
  story: Story;
}

/** The free text of the forms, in the style of a plan. */
export interface Story {
  life: string;
  now: string;
  hobby: string;
  friends: string;
  illness: { since: string; name: string; doctor: string; treatment: string }[];
  goalDay: string;
  goalYear: string;
  /** 現在の状況, 意欲・意向, 課題（背景・原因） or null, for the four domains */
  domains: [Domain, Domain, Domain, Domain];
  problem: string;
  proposal: string;
  wish: string;
  goal: string;
  point: string;
  selfCare: string;
  policy: string;
  health: string;
}

interface Domain {
  state: string;
  wish: string;
  problem: string | null;
}

/** One service of the plan. `kind` is the 2-character サービス種類コード; null for a service without 指定. */
export interface Service {
  kind: string | null;
  /** 6-character サービスコード */
  code: string | null;
  name: string;
  class: 'yobo_kyufu' | 'sogo' | 'shitei_igai';
  provider: { number: string; name: string };
  /** 1 月 … 7 日 */
  weekday: number;
  start: string;
  end: string;
  /** per visit, or per month when `monthly` */
  units: number;
  monthly: boolean;
  content: string;
  /** TAISコード, for 福祉用具貸与 */
  tais?: string;
}

/** One person's month at one office: the source of every form and every CSV row. */
export interface Case {
  city: City;
  center: Center;
  /** null when the center makes the plan itself */
  office: Office | null;
  person: Person;
  month: string;
  /** 計画種類: 1 介護予防支援, 2 介護予防ケアマネジメント */
  planKind: 1 | 2;
  /** 委託の有無: false 自前, true 委託 */
  commissioned: boolean;
  /** 計画書区分: 11 初回, 21 継続 */
  division: '11' | '21';
  planDate: string;
  firstPlanDate: string;
  planFrom: string;
  planTo: string;
  /** day the user signed, or null without a signature */
  consentDate: string | null;
  planned: Service[];
  /** null: no 実績 yet */
  used: Service[] | null;
}

/** The author of the plan: the office, or the center itself. */
export const planner = (c: Case): Body & { author: string } =>
  c.office ? { ...c.office, author: c.office.careManager } : { ...c.center, author: c.center.staff };

/** Days of the month on which a weekly service falls. */
export function serviceDays(month: string, weekday: number): string[] {
  const [year, m] = month.split('-').map(Number) as [number, number];
  const days: string[] = [];
  for (let day = 1; day <= daysIn(month); day += 1) {
    const date = new Date(Date.UTC(year, m - 1, day));
    if ((date.getUTCDay() + 6) % 7 === weekday - 1) days.push(`${month}-${String(day).padStart(2, '0')}`);
  }
  return days;
}

export function daysIn(month: string): number {
  const [year, m] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, m, 0)).getUTCDate();
}

/** A day or month as forms print it: 令和6年4月1日, 昭和15年3月2日, or in the format of the program. */
export const wareki = printDate;
