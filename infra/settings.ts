import type { StepDeadlines } from '../shared/records/recovery/steps.ts';
import type { TableName } from '../shared/records/store/tables.ts';

/**
 * What the operator of a desk may want to turn. Nothing here is law: limits of law and of cities stand in profiles/.
 * Times are seconds unless the name says otherwise.
 */
export interface StageSettings {
  /** the folder below functions/ */
  name: string;
  timeout: number;
  memoryMb: number;
  /** messages given to one run of the function */
  batchSize: number;
  /** functions at work at once on this queue; SQS allows no less than 2 */
  maxConcurrency: number;
  /** FIFO: one group at a time, in order */
  fifo?: boolean;
  scratchMb?: number;
  /** the age of the oldest message that wakes somebody up */
  alarmAge: number;
}

export const STAGES = {
  intake: {
    name: 'intake',
    timeout: 900,
    memoryMb: 1769,
    batchSize: 1,
    maxConcurrency: 20,
    scratchMb: 4096,
    alarmAge: 1800,
  },
  review: {
    name: 'review',
    timeout: 60,
    memoryMb: 512,
    batchSize: 10,
    maxConcurrency: 5,
    alarmAge: 900,
  },
  notify: {
    name: 'notify',
    timeout: 60,
    memoryMb: 512,
    batchSize: 10,
    maxConcurrency: 10,
    alarmAge: 900,
  },
  summarise: {
    name: 'summarise',
    timeout: 60,
    memoryMb: 512,
    batchSize: 10,
    maxConcurrency: 10,
    fifo: true,
    alarmAge: 900,
  },
  ocr: {
    name: 'ocr',
    timeout: 600,
    memoryMb: 3008,
    batchSize: 1,
    maxConcurrency: 5,
    scratchMb: 2048,
    alarmAge: 7200,
  },
  sweep: {
    name: 'sweep',
    timeout: 300,
    memoryMb: 512,
    batchSize: 1,
    maxConcurrency: 2,
    alarmAge: 3600,
  },
} as const satisfies Record<string, StageSettings>;

/** A message is tried this often before it is set aside; a kill of the desk counts as a try. */
export const MAX_RECEIVES = 8;
export const QUEUE_RETENTION_DAYS = 4;
/** the longest SQS allows; the age of a message counts from its first day on the source queue */
export const DLQ_RETENTION_DAYS = 14;
export const LOG_RETENTION_DAYS = 90;
export const SWEEP_EVERY_MINUTES = 5;

/** Size limit of one upload, and how long the address for it is good (an office's slow line must manage). */
export const MAX_UPLOAD_BYTES = 2 * 1024 ** 3;
export const UPLOAD_ADDRESS_SECONDS = 3600;

/**
 * More uploads than these waiting for the intake, and new ones are asked to come again after so many seconds. About what
 * the intake works off within its promise (STEP_DEADLINES.decide): more would only wait where the office cannot see it.
 */
export const MAX_WAITING_UPLOADS = 2000;
export const BUSY_RETRY_SECONDS = 30;

/**
 * Uploads are scanned for malware by GuardDuty before anybody opens them, and nobody can read one before. Switched off,
 * they are opened as soon as they arrive, and what was not scanned can be read.
 */
export const MALWARE_SCAN = true;

/** Days until a review is due where the city's rules set no date: the desk's own promise, not a rule of law. */
export const REVIEW_DUE_DAYS = 14;
/** What was left unsent for so long is sent by the sweeper. */
export const STUCK_AFTER_MINUTES = 10;
/**
 * How soon each step of a submission is promised, in minutes after the step before it. Past it, the sweeper starts the
 * step again from the log and an alarm says so. Promises of whoever runs the desk, not law: turn them as you like.
 */
export const STEP_DEADLINES: StepDeadlines = {
  /** 受付: from the announcement to the receipt number in force (a slow line may be sending; then nothing is there yet) */
  receive: 1,
  /** ウイルス検査: from 受付 to the scanner's word; GuardDuty promises no time, and usually needs less than a minute */
  malware: 60,
  /** 判定: from 受付 (or the end of the scan) to the last answer of the upload; a month's ZIP of a large office takes its time */
  decide: 30,
  /** 台帳: from the moment an upload was found whose packets do not account for every file in it; somebody must look */
  ledger: 15,
  /** 個人番号: from the moment a file with one was found to its last copy being gone; longer, and something forbids it */
  redact: 30,
  /** 画像の読取り: pictures wait for their turn */
  ocr: 24 * 60,
  /** 確認待ちの登録 */
  review: 15,
  /** 通知 (不備通知書・受理通知) */
  notice: 15,
  /** 受付票 */
  receipt: 15,
  /** 圏域の集計 */
  summary: 15,
};

/**
 * Tables restored to a point in time, by the name they were restored to: they take the place of the stack's own, which
 * stay untouched beside them (docs/runbook.md, 時点復元). Stays here as long as they do. E.g. { events: 'uketsuke-events-0612' }
 */
export const RESTORED_TABLES: Partial<Record<TableName, string>> = {};

export const RUNBOOK = 'https://github.com/uketsuke/uketsuke/blob/main/docs/runbook.md';
