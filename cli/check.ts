import { parseArgs } from 'node:util';
import { isIsoDate } from '../shared/calendar/wareki.ts';
import type { DecisionContext } from '../shared/decision/decision-context.ts';
import type { UploadLedger } from '../shared/decision/upload-ledger.ts';
import type { PacketVerdict } from '../shared/decision/verdict.ts';
import { ocrAtOnce } from '../shared/documents/ocr/read-at-once.ts';
import { decideUpload } from '../shared/flow.ts';
import { cityKey, cityKeys } from '../shared/profiles/cities.ts';
import { loadRegistry, type Registry } from '../shared/registry/registry.ts';
import { expandInputs } from './expand-inputs.ts';
import { printTotals, printVerdict } from './print-verdict.ts';
import { reportErrors, UsageError } from './report-errors.ts';

const USAGE = `使い方: uketsuke check [--city KEY] [--registry FILE] [--received YYYY-MM-DD] [--json] [--explain] [--no-ocr] <ZIPまたはフォルダー>…
  --city      市を指定する（${cityKeys().join(' ')}）。指定がなければ保険者番号から決める
  --registry  登録簿（YAML）。何度でも指定できる
  --received  この日に受け付けたものとして期限を見る。指定がなければ提出日による判断はしない
  --json      1提出ごとに1行のJSON
  --explain   判断に使った事実と規則を示す
  --no-ocr    画像の文字を読み取らない（速いが、画像は目視待ちになる）`;

/**
 * `uketsuke check`: a dry run through the same code as the desk; stores nothing.
 * Exit codes: 0 all accepted or in review, 1 something came back, 2 usage or input that cannot be read.
 */
export const runCheck = (argv: string[]): Promise<number> => reportErrors(() => check(read(argv)), USAGE);

async function check({ values, positionals }: ReturnType<typeof read>): Promise<number> {
  if (positionals.length === 0) throw new UsageError('調べるZIPまたはフォルダーを指定してください。');
  if (values.received && !isIsoDate(values.received))
    throw new UsageError('--received は 2024-07-01 のように書いてください。');
  const city = values.city && cityKey(values.city);
  if (values.city && !city)
    throw new UsageError(`市「${values.city}」の規則がありません。使えるのは ${cityKeys().join(' ')} です。`);
  let returned = false;
  const ocrTexts = values.ocr ? ocrAtOnce() : undefined;
  try {
    const registries: Registry[] = await Promise.all((values.registry ?? []).map(loadRegistry));
    const sources = await expandInputs(positionals);
    const today = values.received ?? new Date().toISOString().slice(0, 10);
    const received = values.received && { received: values.received };
    for (const source of sources) {
      const context: DecisionContext = {
        registries,
        today,
        ...received,
        ...(city && { city }),
        ...(ocrTexts && { ocrTexts }),
      };
      const close = (ledger: UploadLedger) =>
        values.json || process.stdout.write(printTotals(source.name, ledger));
      for await (const verdict of decideUpload(source, context, close)) {
        returned ||= verdict.decision === 'return';
        process.stdout.write(
          values.json
            ? `${JSON.stringify(toJson(verdict, values.explain))}\n`
            : printVerdict(verdict, values.explain),
        );
      }
    }
  } finally {
    ocrTexts?.close();
  }
  return returned ? 1 : 0;
}

function read(argv: string[]) {
  return parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      city: { type: 'string' },
      registry: { type: 'string', multiple: true },
      received: { type: 'string' },
      json: { type: 'boolean', default: false },
      explain: { type: 'boolean', default: false },
      ocr: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
}

/** The fields an office's own tools may rely on come first; the explanation only when asked for. */
function toJson(v: PacketVerdict, explain: boolean): Record<string, unknown> {
  const { explanation, ...rest } = v;
  const first = {
    packet: v.packet,
    city: v.city,
    area: v.area,
    insured_number: v.insured_number,
    office_number: v.office_number,
    service_month: v.service_month,
    event: v.event,
    decision: v.decision,
    category: v.category,
    payer: v.payer,
    base_units: v.base_units,
    total_units: v.total_units,
    addons_allowed: v.addons_allowed,
    missing_documents: v.missing_documents,
    deadlines: v.deadlines,
    findings: v.findings,
    documents: v.documents,
    ledger: v.ledger,
  };
  return { ...first, ...rest, ...(explain && { explanation }) };
}
