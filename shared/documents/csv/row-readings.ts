import { parsePeriod } from '../../calendar/wareki.ts';
import { fold, foldVariants, foldWidth, tidyText } from '../../text/normalise.ts';
import type { FieldName, Reading, ServiceUse } from '../document.ts';
import { endedKindByName, serviceByName } from '../forms/fields/service-names.ts';
import { serviceByCode } from '../service-kinds.ts';
import { isWithoutEnd, toIso } from './check-cell.ts';
import { CHECKLIST_RESULT } from './codes.ts';
import type { Column, Layout } from './layout.ts';

/** One record after its checks: values by the keys of its layout. */
export class CheckedRow {
  readonly row: number;
  readonly layout: Layout;
  readonly values: string[];
  readonly raws: string[];

  constructor(row: number, layout: Layout, values: string[], raws: string[]) {
    this.row = row;
    this.layout = layout;
    this.values = values;
    this.raws = raws;
  }

  column(key: string): Column | undefined {
    return columnAt(this.layout).get(key);
  }

  /** '' for an empty or unusable cell, and for a column this layout lacks */
  get(key: string): string {
    const column = this.column(key);
    return column ? (this.values[column.no - 1] ?? '') : '';
  }
}

const indexes = new WeakMap<Layout, Map<string, Column>>();
function columnAt(layout: Layout): Map<string, Column> {
  let index = indexes.get(layout);
  if (!index) {
    index = new Map(layout.columns.map((column) => [column.key, column]));
    indexes.set(layout, index);
  }
  return index;
}

/** The key that joins a set of files: a person and a date or month, and for 実績 the provider and kind. */
export interface RowKey {
  insurer: string;
  insured: string;
  /** YYYYMMDD of plan or consultation, or YYYYMM */
  when: string;
  /** provider and service kind of 実績, else '' */
  provider: string;
  kind: string;
  /** the first record with it */
  row: number;
}

/**
 * Readings of one file. Equal values of one person (and plan or month) are one reading with the place of the first, so a
 * file with a hundred days of one service gives one reading of that service.
 */
export class RowReadings {
  readonly readings: Reading[] = [];
  /** for each reading the index of its key in `keys`, -1 when it is of the whole file */
  readonly keyOfReading: number[] = [];
  readonly keys: RowKey[] = [];
  readonly #file: string;
  readonly #seen = new Set<string>();
  /** days of each service read and their rows, by the identity of its reading */
  readonly #days = new Map<string, { days: string[]; rows: number[] }>();
  readonly #keyIndex = new Map<string, number>();
  /** per person and month: the first record of 実績 with its key, and whether any service was used */
  readonly #used = new Map<string, { row: CheckedRow; key: number; used: boolean }>();
  readonly #periods = new Map<number, { from: string; to: string; first: CheckedRow; last: CheckedRow }>();
  #before: CheckedRow | null = null;
  #keyBefore = -1;
  readonly #folds: (place: { row: number; column: Column }, message: string) => void;

  constructor(file: string, folds: (place: { row: number; column: Column }, message: string) => void) {
    this.#file = file;
    this.#folds = folds;
  }

  ofFile(field: FieldName, value: string): void {
    this.readings.push({ field, value, raw: value, where: { file: this.#file } });
    this.keyOfReading.push(-1);
  }

  addRow(row: CheckedRow): void {
    const key = this.#keyOf(row);
    const repeats = key === this.#keyBefore;
    for (const column of row.layout.columns) {
      const value = row.values[column.no - 1];
      // Most records repeat the values of the one before for the same person.
      if (column.field === null || !value || (repeats && this.#before?.values[column.no - 1] === value))
        continue;
      this.#addColumn(row, column, value, key);
    }
    SPECIAL[row.layout.type]?.(row, (field, value, keyName, raw) =>
      this.#add(row, keyName, field, value, raw, key),
    );
    const field = SERVICE_FIELDS[row.layout.type];
    if (field) this.#addService(row, field, key);
    this.#keyBefore = key;
    this.#before = row;
    if (row.layout.type === 'UPJSK') this.#recordUse(row, key);
    if (row.layout.type === 'UPYOBO_SUB') this.#recordPeriod(row, key);
  }

  /** Adds what only the whole file shows: no service used, and the period the plan covers. */
  finish(): void {
    for (const { row, key, used } of this.#used.values())
      if (!used) {
        const raw = row.raws[(row.column('count')?.no ?? 1) - 1] ?? '';
        this.#add(row, 'count', 'no_service_used', true, raw, key);
      }
    for (const [key, { from, to, first, last }] of this.#periods) {
      this.#add(first, 'period', 'plan_from', from, first.get('period'), key);
      this.#add(last, 'period', 'plan_to', to, last.get('period'), key);
    }
  }

  #addColumn(row: CheckedRow, column: Column, value: string, key: number): void {
    const read = readingValue(column, value);
    if (read === null) return;
    const raw = row.raws[column.no - 1] ?? '';
    const isNew = this.#add(row, column.key, column.field as FieldName, read, raw, key);
    if (!isNew || column.format !== 'name') return;
    const plain = foldWidth(raw).replace(/\s+/g, ' ').trim();
    const changed = [...plain].filter((char) => foldVariants(char) !== char);
    if (changed.length > 0)
      this.#folds(
        { row: row.row, column },
        changed.map((char) => `「${char}」を「${foldVariants(char)}」と読みました`).join('、'),
      );
  }

  #add(
    row: CheckedRow,
    keyName: string,
    field: FieldName,
    value: Reading['value'],
    raw: string,
    key: number,
  ): boolean {
    const column = row.column(keyName);
    const identity = `${key}|${field}|${typeof value === 'object' ? JSON.stringify(value) : value}`;
    if (this.#seen.has(identity)) return false;
    this.#seen.add(identity);
    this.readings.push({
      field,
      value,
      raw,
      where: {
        file: this.#file,
        row: row.row,
        ...(column && { column: column.no, column_name: column.name }),
      },
    });
    this.keyOfReading.push(key);
    return true;
  }

  /** One reading a service, with the days of all its records. */
  #addService(row: CheckedRow, field: ServiceField, key: number): void {
    const service = serviceOf(row);
    if (!service) return;
    const code = service.code ?? '';
    const identity = `${key}|${field}|${code}|${service.office}|${service.beyond_limit ?? ''}`;
    const days = daysOf(row);
    const read = this.#days.get(identity);
    if (read) {
      for (const day of days) {
        if (read.days.includes(day)) continue;
        read.days.push(day);
        read.rows.push(row.row);
      }
      return;
    }
    const rows = days.map(() => row.row);
    this.#days.set(identity, { days, rows });
    this.#add(row, 'service', field, days.length > 0 ? { ...service, days, rows } : service, code, key);
  }

  #keyOf(row: CheckedRow): number {
    const isUse = row.layout.type === 'UPJSK' || row.layout.type === 'DLTJSK';
    const key: RowKey = {
      insurer: row.get('insurer'),
      insured: row.get('insured'),
      when: row.get(row.layout.joins),
      provider: isUse ? row.get('provider') : '',
      kind: isUse ? row.get('kind') || row.get('service').slice(0, 2) : '',
      row: row.row,
    };
    const identity = `${key.insurer}|${key.insured}|${key.when}|${key.provider}|${key.kind}`;
    const existing = this.#keyIndex.get(identity);
    if (existing !== undefined) return existing;
    this.#keyIndex.set(identity, this.keys.length);
    return this.keys.push(key) - 1;
  }

  #recordUse(row: CheckedRow, key: number): void {
    const used = Number(row.get('count')) > 0;
    const identity = `${row.get('insurer')}|${row.get('insured')}|${row.get('month')}`;
    const existing = this.#used.get(identity);
    if (!existing) this.#used.set(identity, { row, key, used });
    else existing.used ||= used;
  }

  #recordPeriod(row: CheckedRow, key: number): void {
    const period = parsePeriod(row.get('period'));
    if (!period?.from || !period.to) return;
    const existing = this.#periods.get(key);
    if (!existing) {
      this.#periods.set(key, { from: period.from, to: period.to, first: row, last: row });
      return;
    }
    if (period.from < existing.from) Object.assign(existing, { from: period.from, first: row });
    if (period.to > existing.to) Object.assign(existing, { to: period.to, last: row });
  }
}

type Emit = (field: FieldName, value: Reading['value'], key: string, raw: string) => void;

/** Readings of a type that are not one column, one field. */
const SPECIAL: Partial<Record<Layout['type'], (row: CheckedRow, emit: Emit) => void>> = {
  UPHOSOKU: readAddress,
  UP1KYO: readAddress,
  UPKIHON: readCertification,
  UPYOBO(row, emit) {
    // A 包括 that plans itself names its own staff and no 介護支援専門員.
    const staff = row.get('center_staff');
    if (staff && !row.get('care_manager')) emit('care_manager_name', fold(staff), 'center_staff', staff);
  },
  UPYOBO_SUB(row, emit) {
    const name = tidyText(row.get('service_name')) || tidyText(row.get('insured_care'));
    const key = row.get('service_name') ? 'service_name' : 'insured_care';
    if (name) emit('service_planned', serviceByName(fold(name)), key, name);
    if (name && endedKindByName(name)) emit('service_named', fold(name), key, name);
    const period = row.get('period');
    if (period) emit('plan_period', fold(period), 'period', period);
  },
};

type ServiceField = 'service_planned' | 'service_actual';

/** Types that name a service by its code in each record. */
const SERVICE_FIELDS: Partial<Record<Layout['type'], ServiceField>> = {
  UPPLAN: 'service_planned',
  UPJSK: 'service_actual',
  UPSIKYU: 'service_planned',
};

/** Subtotals (AAAA, EEEE, ZZZZ) and the grand total (999999) of a 別表 are no services. */
export const isTotal = (code: string): boolean => code === '999999' || /^..(?:AAAA|EEEE|ZZZZ)$/.test(code);

/**
 * The service of a record; null for a total, and for a record of a 利用票 in which nothing was used. A negative count does
 * not tell whether it was used, and so not which class of services the month has.
 */
function serviceOf(row: CheckedRow): ServiceUse | null {
  const code = row.get('service');
  if (!code || isTotal(code)) return null;
  const service = serviceByCode(code, row.get('provider'));
  const count = Number(row.get('count'));
  if (row.layout.type !== 'UPSIKYU' && count < 0) return { ...service, class: 'unknown', uncounted: true };
  if (row.layout.type !== 'UPSIKYU' && !(count > 0)) return null;
  return row.get('over30') === '1' ? { ...service, beyond_limit: true } : service;
}

/** The ISO days of a record: those of 日割対象日 where it marks some, else the day of the service. */
function daysOf(row: CheckedRow): string[] {
  const day = row.get('day');
  const counted = [...row.get('days')].flatMap((mark, i) => (mark === '1' ? [i + 1] : []));
  if (day.length !== 8) return [];
  if (counted.length === 0) return [toIso(day)];
  return counted.map((n) => `${toIso(day).slice(0, 8)}${String(n).padStart(2, '0')}`);
}

function readAddress(row: CheckedRow, emit: Emit): void {
  const address = `${row.get('address')}${row.get('address2')}`;
  if (address) emit('address', fold(address), 'address', address);
}

/** 事業対象者 has no code in 要介護状態区分 of UPKIHON: it is 非該当 or blank there, with 該当あり in the checklist. */
function readCertification(row: CheckedRow, emit: Emit): void {
  const code = row.get('certification');
  const checklist = row.get('checklist');
  const level = row.column('certification')?.codes?.[code];
  if (level && level !== 'none') emit('certification', level, 'certification', code);
  else if (CHECKLIST_RESULT[checklist as '1' | '2'] === '該当あり')
    emit('certification', '事業対象者', 'checklist', checklist);
  else if (level === 'none') emit('certification', 'none', 'certification', code);
}

const SHORT_TEXTS: ReadonlySet<FieldName> = new Set(['address', 'office_name', 'center_name']);

function readingValue(column: Column, value: string): Reading['value'] | null {
  switch (column.format) {
    case 'date':
    case 'zero-date':
    case 'end-date':
      return /^0+$/.test(value) || isWithoutEnd(value) ? null : toIso(value);
    case 'month':
    case 'zero-month':
      return /^0+$/.test(value) ? null : `${value.slice(0, 4)}-${value.slice(4)}`;
    case 'name':
    case 'kana':
      return fold(value) || null;
    case 'text':
      return (column.field && SHORT_TEXTS.has(column.field) ? fold(value) : tidyText(value)) || null;
    case 'code':
      return column.meaning ? (column.codes?.[value] ?? null) : value;
    default:
      return value;
  }
}
