import type { AreaMonth } from '../../shared/records/store/case-record.ts';
import { type Clause, type Key, RecordStore } from '../../shared/records/store/record-store.ts';
import type { TableName } from '../../shared/records/store/tables.ts';
import type { AreaSummary } from '../../shared/records/views/area-summary.ts';

/**
 * The store without its guards: conditions are ignored, neither outboxes, what must follow a decision nor marks of open
 * uploads are stored, summaries are incremented. Common practice; used as a negative control.
 */
export class UnguardedStore extends RecordStore {
  override async putOnce(table: TableName, item: object): Promise<boolean> {
    // The secret of the person keys is no guard: without it no person would have the same key twice.
    if (table === 'registries') return super.putOnce(table, item);
    return this.putIf(table, item);
  }

  override async putIf(table: TableName, item: object): Promise<boolean> {
    const { outbox: _outbox, pending: _pending, open: _open, ...rest } = item as Record<string, unknown>;
    await this.put(table, 'asks' in rest ? { ...rest, asks: [] } : rest);
    return true;
  }

  override update(table: TableName, key: Key, change: Clause): Promise<boolean> {
    const values = Object.fromEntries(
      Object.entries(change.values ?? {}).filter(([name]) => change.expression.includes(name)),
    );
    return super.update(table, key, { ...change, values }, '');
  }

  /** Increments the count of cases without a check. */
  async increment({ city, area, month }: AreaMonth, now: Date): Promise<void> {
    const key = { city, month_area: `${month}#${area}` };
    const before = await this.get<AreaSummary>('summaries', key);
    await this.put('summaries', {
      ...before,
      ...key,
      area,
      month,
      cases: (before?.cases ?? 0) + 1,
      revision: (before?.revision ?? 0) + 1,
      computed_at: now.toISOString(),
    });
  }
}
