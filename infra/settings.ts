import type { StepDeadlines } from '../shared/records/recovery/steps.ts';
import type { TableName } from '../shared/records/store/tables.ts';

/**
 * Settings of a deployment. None is law: limits of law and of cities are in profiles/.
 * Times are in seconds unless the name has another unit.
 */
export interface StageSettings {
  /** the folder below functions/ */
  name: string;
  timeout: number;
  memoryMb: number;
  /** messages per invocation */
  batchSize: number;
  /** concurrent invocations for this queue; SQS allows no less than 2 */
  maxConcurrency: number;
  /** ordered within a group */
  fifo?: boolean;
  scratchMb?: number;
  /** age of the oldest message that raises an alarm */
  alarmAge: number;
}

export const STAGES = {
  intake: {
    name: 'intake',
    timeout: 900,
    memoryMb: 1769,
    batchSize: 1,
    maxConcurrency: 20,
    // Twice the largest upload: what a packet is completed with is fetched beside it.
    scratchMb: 4608,
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
    scratchMb: 4608,
    alarmAge: 7200,
  },
  // What a city asks of edited rules: nothing waits for it, and it decides as the intake does.
  replay: {
    name: 'replay',
    timeout: 900,
    memoryMb: 1769,
    batchSize: 1,
    maxConcurrency: 2,
    scratchMb: 4608,
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

/** Tries before a message becomes a dead letter; a kill of the host counts as a try. */
export const MAX_RECEIVES = 8;
export const QUEUE_RETENTION_DAYS = 4;
/** the maximum of SQS; the age of a message counts from its first day on the source queue */
export const DLQ_RETENTION_DAYS = 14;
export const LOG_RETENTION_DAYS = 90;
export const SWEEP_EVERY_MINUTES = 5;

/** Size limit of an upload, and the validity of its presigned address, long enough for a slow line. */
export const MAX_UPLOAD_BYTES = 2 * 1024 ** 3;
export const UPLOAD_ADDRESS_SECONDS = 3600;

/**
 * Concurrent runs that are kept for the API: at the month's peak the queues may take all others. An account needs a quota of
 * some 200 for it (docs/deploy.md).
 */
export const API_CONCURRENCY = 40;

/** Requests of one address in five minutes, above which the firewall blocks it; a hall of staff shares one address. */
export const REQUESTS_PER_FIVE_MINUTES = 6000;

/**
 * With more uploads than MAX_WAITING_UPLOADS waiting for the intake, the API answers 503 and Retry-After. The limit is
 * about what the intake can decide within its deadline (STEP_DEADLINES.decide).
 */
export const MAX_WAITING_UPLOADS = 2000;
export const BUSY_RETRY_SECONDS = 30;

/**
 * true: GuardDuty scans uploads for malware before they are opened, and unscanned uploads cannot be read.
 * false: uploads are opened as soon as they arrive, and unscanned uploads can be read.
 */
export const MALWARE_SCAN = true;

/** Days until a review is due where the city's rules set no date: a service level, not law. */
export const REVIEW_DUE_DAYS = 14;
/** Hours a reviewer holds an item, unless it is released before: a service level, not law. */
export const CLAIM_HOURS = 4;
/** Age at which the sweeper sends an unsent event. */
export const STUCK_AFTER_MINUTES = 10;
/**
 * Deadline of each step of a submission, in minutes after the step before it. After it the sweeper restarts the step from
 * the event log and raises an alarm. Service levels of the operator, not law.
 */
export const STEP_DEADLINES: StepDeadlines = {
  /** 受付: from the announcement; without an object yet the office may still be sending on a slow line */
  receive: 1,
  /** ウイルス検査: from 受付 to the result; GuardDuty guarantees no time and usually needs less than a minute */
  malware: 60,
  /** 判定: from 受付 (or the end of the malware scan) to the last decision; long enough for a month's ZIP of a large office */
  decide: 30,
  /** 台帳: from the detection of an upload whose packets do not account for every file; an operator must look at it */
  ledger: 15,
  /** 個人番号: from the detection of a file with one to the deletion of its last copy; longer means that something blocks it */
  redact: 30,
  /** 画像の読取り */
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
 * Days that copies in another region are kept: as point-in-time recovery. A case that was erased is in them until then.
 */
export const COPIES_KEPT_DAYS = 35;

/**
 * Names of tables restored to a point in time. They replace the stack's own tables, which stay untouched
 * (docs/runbook.md, 時点復元). An entry stays as long as its table. Example: { events: 'uketsuke-events-0612' }
 */
export const RESTORED_TABLES: Partial<Record<TableName, string>> = {};

/** Address of docs/runbook.md, to which the alarms link, unless the deployment names the city's copy. */
export const RUNBOOK = 'https://github.com/uketsuke/uketsuke/blob/main/docs/runbook.md';
