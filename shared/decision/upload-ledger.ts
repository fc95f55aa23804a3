import type { Ledger, PacketVerdict } from './verdict.ts';

type Counted = Pick<PacketVerdict, 'insured_number' | 'service_month'> & {
  ledger: Pick<Ledger, 'files' | 'pages' | 'rows' | 'accounted' | 'entries'>;
};

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
  readonly #persons = new Set<string>();
  readonly #months = new Set<string>();

  /** @param opened entries listed when the upload was opened */
  constructor(opened: number) {
    this.opened = opened;
  }

  add({ ledger, insured_number: person, service_month }: Counted): void {
    this.packets++;
    if (person) this.#persons.add(person);
    if (person && service_month) this.#months.add(`${person} ${service_month}`);
    this.accountedFor += ledger.entries ?? ledger.files;
    this.pages += ledger.pages;
    this.rows += ledger.rows;
    if (!ledger.accounted) this.open++;
  }

  get persons(): number {
    return this.#persons.size;
  }

  /** months of persons: two of one person count twice */
  get months(): number {
    return this.#months.size;
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

/** `412行・96頁、38人・41か月分に分けました`; nothing where no person was found. */
export const splitText = ({ rows, pages, persons, months }: SplitTotals): string | null =>
  persons ? `${rows}行・${pages}頁、${persons}人・${months}か月分に分けました` : null;

interface SplitTotals {
  rows: number;
  pages: number;
  /** absent in receipts of an earlier program */
  persons?: number | undefined;
  months?: number | undefined;
}
