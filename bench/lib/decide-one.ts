/** Decides one upload and prints what it took: node bench/lib/decide-one.ts FILE */
import { join } from 'node:path';
import { decideUpload } from '../../shared/flow.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';

export interface Measured {
  packets: number;
  rows: number;
  pages: number;
  isClosed: boolean;
  /** resident memory at most, KB */
  rss: number;
  /** user + system, ms */
  cpu: number;
}

const file = process.argv[2]!;
const registries = [await loadRegistry(join(import.meta.dirname, '../../samples/registry/mito.yaml'))];
const before = process.cpuUsage();
let measured: Measured | undefined;
const closing = decideUpload({ name: 'month.zip', file }, { registries, today: '2024-08-01' }, (ledger) => {
  const { user, system } = process.cpuUsage(before);
  measured = {
    ...{ packets: ledger.packets, rows: ledger.rows, pages: ledger.pages },
    isClosed: ledger.isClosed && ledger.open === 0,
    rss: process.resourceUsage().maxRSS,
    cpu: (user + system) / 1000,
  };
});
for await (const _ of closing);
console.log(JSON.stringify(measured));
