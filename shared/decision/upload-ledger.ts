import type { Ledger } from './verdict.ts';

/**
 * The ledger of a whole upload: what was counted when it was opened, against what its packets (and the verdict on the
 * upload itself) account for. Closed when both are the same and every packet's own ledger is closed.
 */
export class UploadLedger {
  readonly opened: number;
  packets = 0;
  accountedFor = 0;
  pages = 0;
  rows = 0;
  /** packets whose own ledger is open */
  open = 0;

  /** @param opened entries listed when the upload was opened */
  constructor(opened: number) {
    this.opened = opened;
  }

  add(ledger: Pick<Ledger, 'files' | 'pages' | 'rows' | 'accounted' | 'entries'>): void {
    this.packets++;
    this.accountedFor += ledger.entries ?? ledger.files;
    this.pages += ledger.pages;
    this.rows += ledger.rows;
    if (!ledger.accounted) this.open++;
  }

  /** Entries no packet accounts for; below zero where some are accounted for twice. */
  get unaccounted(): number {
    return this.opened - this.accountedFor;
  }

  get isClosed(): boolean {
    return this.unaccounted === 0;
  }
}

/** `342行・128頁・12ファイル、すべて処理済み` */
export const totalsText = (totals: {
  files: number;
  pages: number;
  rows: number;
  accounted: boolean;
}): string =>
  `${totals.rows}行・${totals.pages}頁・${totals.files}ファイル、${totals.accounted ? 'すべて処理済み' : '未処理あり'}`;
