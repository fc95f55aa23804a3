import { isIsoDate } from '../shared/calendar/wareki.ts';
import type { DecisionContext } from '../shared/decision/decision-context.ts';
import type { UploadLedger } from '../shared/decision/upload-ledger.ts';
import type { PacketVerdict } from '../shared/decision/verdict.ts';
import { ocrAtOnce } from '../shared/documents/ocr/read-at-once.ts';
import { decideUpload } from '../shared/flow.ts';
import { cityKeys } from '../shared/profiles/cities.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { expandInputs } from './expand-inputs.ts';
import { collect, parseCity } from './options.ts';
import { printTotals, printVerdict } from './print-verdict.ts';
import { RecentMonths } from './recent-months.ts';
import { runVerb, UsageError, verb } from './run-verb.ts';

/**
 * `uketsuke check`: decides uploads with the code of the desk and stores nothing.
 * Exit codes: 0 all accepted or in review, 1 at least one is returned, 2 usage or unreadable input.
 */
export const runCheck = (argv: string[]): Promise<number> => runVerb(command(), argv, check);

const command = () =>
  verb('check')
    .argument('<ZIPまたはフォルダー...>', '調べる提出物')
    .option('--city <市>', `${cityKeys().join(' ')}（指定がなければ保険者番号から決める）`, parseCity)
    .option('--registry <ファイル>', '登録簿（YAML）。何度でも指定できる', collect, [])
    .option(
      '--received <YYYY-MM-DD>',
      'この日に受け付けたものとして期限を見る（指定がなければ提出日による判断はしない）',
    )
    .option('--json', '1提出ごとに1行のJSON')
    .option('--explain', '判断に使った事実と規則を示す')
    .option('--no-ocr', '画像の文字を読み取らない（速いが、画像は目視待ちになる）');

type CheckOptions = ReturnType<ReturnType<typeof command>['opts']>;

async function check(options: CheckOptions, paths: string[]): Promise<number> {
  const { city, received, json, explain = false } = options;
  if (received && !isIsoDate(received))
    throw new UsageError('--received は 2024-07-01 のように書いてください。');
  const ocrTexts = options.ocr ? ocrAtOnce() : undefined;
  try {
    const registries = await Promise.all(options.registry.map(loadRegistry));
    const today = received ?? new Date().toISOString().slice(0, 10);
    let isReturned = false;
    for (const source of await expandInputs(paths)) {
      // The months of a person that come together are seen as they would be in the records.
      const months = new RecentMonths();
      const { historyOf } = months;
      const context: DecisionContext = { registries, today, received, city, ocrTexts, historyOf };
      const onEnd = (ledger: UploadLedger) => json || process.stdout.write(printTotals(source.name, ledger));
      for await (const verdict of decideUpload(source, context, onEnd)) {
        months.add(verdict);
        isReturned ||= verdict.decision === 'return';
        process.stdout.write(
          json ? `${JSON.stringify(toJson(verdict, explain))}\n` : printVerdict(verdict, explain),
        );
      }
    }
    return isReturned ? 1 : 0;
  } finally {
    ocrTexts?.close();
  }
}

/** The documented keys first; the explanation only on request. */
function toJson(verdict: PacketVerdict, explain: boolean): Record<string, unknown> {
  const { explanation, ...rest } = verdict;
  const documented = {
    packet: verdict.packet,
    city: verdict.city,
    area: verdict.area,
    insured_number: verdict.insured_number,
    office_number: verdict.office_number,
    service_month: verdict.service_month,
    event: verdict.event,
    decision: verdict.decision,
    category: verdict.category,
    payer: verdict.payer,
    base_units: verdict.base_units,
    total_units: verdict.total_units,
    claim: verdict.claim,
    commission: verdict.commission,
    addons_allowed: verdict.addons_allowed,
    missing_documents: verdict.missing_documents,
    deadlines: verdict.deadlines,
    findings: verdict.findings,
    documents: verdict.documents,
    ledger: verdict.ledger,
  };
  return { ...documented, ...rest, ...(explain && { explanation }) };
}
