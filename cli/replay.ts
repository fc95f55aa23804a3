import { cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  compareEntries,
  compareVerdicts,
  type EntryChange,
  type Status,
  type VerdictChange,
} from '../shared/decision/compare-verdicts.ts';
import type { DecisionContext } from '../shared/decision/decision-context.ts';
import type { PacketVerdict } from '../shared/decision/verdict.ts';
import type { Finding } from '../shared/findings/finding.ts';
import { decideUpload } from '../shared/flow.ts';
import type { UploadSource } from '../shared/packet/upload-source.ts';
import { cityKey, cityKeys, cityName } from '../shared/profiles/cities.ts';
import { ProfileError } from '../shared/profiles/load-table.ts';
import { profilesFolder } from '../shared/profiles/profiles-folder.ts';
import { loadRegistry, type Registry } from '../shared/registry/registry.ts';
import { loadProfile } from '../shared/rules/profile.ts';
import { documentTitle } from '../shared/vocabulary/document-kinds.ts';
import { CATEGORY_NAMES, DECISION_NAMES, SEVERITY_NAMES } from '../shared/vocabulary/names.ts';
import { expandInputs, InputError } from './expand-inputs.ts';
import { reportErrors, UsageError } from './report-errors.ts';
import type { StoredUpload } from './stored-desk.ts';

const USAGE = `使い方: uketsuke replay --profiles フォルダー [--data フォルダー | --stack ファイル --by 氏名 | <ZIPまたはフォルダー>…] [--registry FILE] [--city KEY] [--json]
  --profiles  直した規則（変えたファイルだけでよい）
  --data      受付の記録（指定がなければ .uketsuke）。ZIPやフォルダーを並べれば、そちらを調べる
  --stack     AWS に配置した受付（cdk deploy --outputs-file で書いたファイル）
  --registry  登録簿（YAML）。ZIPやフォルダーを調べるとき、何度でも指定できる
  --city      この市の提出だけを調べる（${cityKeys().join(' ')}）
  --json      判定の変わる提出ごとに1行のJSON`;

/**
 * `uketsuke replay`: stored packets decided again under edited rules; lists every verdict that changes and why.
 * Changes nothing: the records are read from a copy.
 * Exit codes: 0 nothing changes, 1 something changes, 2 usage, or rules or input that cannot be read.
 */
export const runReplay = (argv: string[]): Promise<number> => reportErrors(() => replay(read(argv)), USAGE);

async function replay({ values, positionals }: ReturnType<typeof read>): Promise<number> {
  if (!values.profiles) throw new UsageError('--profiles に、直した規則のフォルダーを指定してください。');
  const city = values.city && cityKey(values.city);
  if (values.city && !city) throw new UsageError(`市「${values.city}」の規則がありません。`);
  let edited: string | undefined;
  try {
    edited = await overlayProfiles(values.profiles);
    const changes = changedEntries(edited);
    const tally = { packets: 0, changed: 0 };
    const compare = async (source: UploadSource, desk: Omit<DecisionContext, 'profiles'>): Promise<void> => {
      for await (const pair of decideTwice(source, desk, edited!)) {
        if (city && pair.before.city !== city && pair.after.city !== city) continue;
        tally.packets++;
        const change = compareVerdicts(pair.before, pair.after, changes);
        if (!change) continue;
        tally.changed++;
        process.stdout.write(
          values.json
            ? `${JSON.stringify({ upload: source.name, ...change })}\n`
            : printChange(source.name, change),
        );
      }
    };
    if (positionals.length > 0) await comparePaths(positionals, values.registry ?? [], city, compare);
    else await compareStored(values, compare);
    if (!values.json) process.stdout.write(summary(changes, tally));
    return tally.changed > 0 ? 1 : 0;
  } catch (cause) {
    throw cause instanceof ProfileError ? new InputError(cause.message) : cause;
  } finally {
    if (edited) await rm(edited, { recursive: true, force: true });
  }
}

function read(argv: string[]) {
  return parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      profiles: { type: 'string' },
      data: { type: 'string' },
      stack: { type: 'string' },
      by: { type: 'string' },
      registry: { type: 'string', multiple: true },
      city: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
}

type Compare = (source: UploadSource, desk: Omit<DecisionContext, 'profiles'>) => Promise<void>;

async function comparePaths(
  paths: string[],
  registryFiles: string[],
  city: string | undefined,
  compare: Compare,
): Promise<void> {
  const registries: Registry[] = await Promise.all(registryFiles.map(loadRegistry));
  const today = new Date().toISOString().slice(0, 10);
  for (const source of await expandInputs(paths))
    await compare(source, { registries, today, received: today, ...(city && { city }) });
}

/** The desk's own records; the parts that start its storage are loaded only here. */
async function compareStored(
  said: { data?: string; stack?: string; by?: string },
  compare: Compare,
): Promise<void> {
  const { eachKeptUpload, eachStoredUpload } = await import('./stored-desk.ts');
  const work = ({ source, desk }: StoredUpload) => compare(source, desk);
  if (said.stack) {
    const { operatorDesk } = await import('./operator-desk.ts');
    // Whoever decides cases again reads them: that stands in the trail.
    await operatorDesk(said).operate('replay');
    return eachKeptUpload(work);
  }
  const { dataFolder } = await import('./start.ts');
  await eachStoredUpload(dataFolder(said.data), work);
}

/**
 * The rules of the desk with the edited files laid over them, so that a folder may hold only what was changed.
 * Every profile of it is read here: a slip in one is told before anything is decided.
 */
async function overlayProfiles(folder: string): Promise<string> {
  const info = await stat(folder).catch(() => null);
  if (!info?.isDirectory()) throw new InputError(`規則のフォルダー「${folder}」が見つかりません。`);
  const yaml = (await readdir(folder)).filter((name) => name.endsWith('.yaml'));
  if (yaml.length === 0) throw new InputError(`「${folder}」に規則のファイル（.yaml）がありません。`);
  const whole = await mkdtemp(join(tmpdir(), 'uketsuke-profiles-'));
  try {
    await cp(profilesFolder(), whole, { recursive: true });
    for (const name of yaml) await cp(join(folder, name), join(whole, name));
    const rules = ['national', ...cityKeys(whole)];
    for (const key of rules) loadProfile(key, whole);
    const others = yaml.filter(
      (name) => ![...rules, 'cities', 'documents'].includes(name.replace('.yaml', '')),
    );
    if (others.length > 0)
      process.stderr.write(
        `${others.join('、')} は書類の読み方などのデータです。ここで調べるのは規則だけで、読み方はいまのものを使います。\n`,
      );
    return whole;
  } catch (cause) {
    await rm(whole, { recursive: true, force: true });
    throw cause;
  }
}

function changedEntries(edited: string): Map<string, EntryChange> {
  const keys = [...new Set(['national', ...cityKeys(), ...cityKeys(edited)])];
  const rules = (key: string, folder?: string) =>
    key === 'national' || cityKeys(folder).includes(key) ? loadProfile(key, folder).rules : [];
  return new Map(keys.flatMap((key) => [...compareEntries(rules(key), rules(key, edited))]));
}

/** Both readings of one upload, packet by packet; both come in the order of the upload. */
async function* decideTwice(
  source: UploadSource,
  desk: Omit<DecisionContext, 'profiles'>,
  profiles: string,
): AsyncGenerator<{ before: PacketVerdict; after: PacketVerdict }> {
  const after = decideUpload(source, { ...desk, profiles });
  for await (const before of decideUpload(source, desk)) {
    const next = await after.next();
    if (next.done) throw new Error(`${source.name}: 二度目に提出の数が違いました`);
    yield { before, after: next.value };
  }
}

const STATUS: Record<Status, string> = {
  satisfied: '守られている',
  violated: '破られている',
  checklist: '人が確かめる',
  cannot_tell: '分からない',
  not_applicable: '当てはまらない',
  absent: '規則がない',
};
const ENTRY: Record<EntryChange, string> = {
  same: '',
  changed: '［規則を変更］',
  added: '［規則を追加］',
  removed: '［規則を削除］',
};
const FIELD: Record<string, string> = {
  decision: '判定',
  category: '区分',
  responsible_body: '担当',
  entrusted_body: '受託',
  claimant: '請求する者',
  payer: '請求先',
  base_units: '基本の単位数',
  total_units: '単位数',
  yen: '金額',
  addons_allowed: '認める加算',
  addons_denied: '認めない加算',
  required_documents: '必要書類',
  optional_documents: '任意の書類',
  missing_documents: '足りない書類',
  notification_required: '届出の要否',
  notification_form: '届出の様式',
  notification_kind: '届出の区分',
  notification_to: '届出の提出先',
  notification_attachments: '届出の添付',
  contract_parties: '契約の当事者',
  new_contract_required: '新しい契約の要否',
  deadlines: '期限',
  checklist: '人が確かめること',
  involvement: '包括の関与',
};

function printChange(upload: string, change: VerdictChange): string {
  const { packet, city, service_month, fields, findings, rules } = change;
  const finding = (sign: string, f: Finding): string =>
    `  ${sign} ［${SEVERITY_NAMES[f.severity]}］${f.code}${f.rule ? `（${f.rule}）` : ''} ${f.message}`;
  const lines = [
    `■ ${packet}（${[upload, city && cityName(city), service_month].filter(Boolean).join('、')}）`,
    ...fields.map(
      ({ field, before, after }) => `  ${FIELD[field]}: ${word(field, before)} → ${word(field, after)}`,
    ),
    ...findings.removed.map((f) => finding('－', f)),
    ...findings.added.map((f) => finding('＋', f)),
    ...findings.reworded.map(({ after }) => finding('文', after)),
    ...rules.map(
      (r) => `  理由 ${r.rule}${ENTRY[r.entry]} ${STATUS[r.before]} → ${STATUS[r.after]}：${r.summary}`,
    ),
  ];
  return `${lines.join('\n')}\n\n`;
}

function word(field: string, value: unknown): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return 'なし';
  if (field === 'decision') return DECISION_NAMES[value as keyof typeof DECISION_NAMES];
  if (field === 'category') return CATEGORY_NAMES[value as keyof typeof CATEGORY_NAMES];
  if (field === 'deadlines')
    return (value as { what: string; due: string }[]).map((d) => `${d.what} ${d.due}`).join('、');
  if (field.endsWith('_documents')) return (value as string[]).map(documentTitle).join('・');
  if (field === 'checklist') return (value as { rule: string }[]).map((c) => c.rule).join('、');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function summary(
  changes: Map<string, EntryChange>,
  { packets, changed }: { packets: number; changed: number },
): string {
  const rules = [...changes].map(([id, change]) => `${id}${ENTRY[change]}`).join('、') || 'なし';
  const outcome = changed === 0 ? '判定は一つも変わりません' : `${changed} 件の判定が変わります`;
  return `変えた規則: ${rules}\n${packets} 件の提出のうち、${outcome}。記録は何も変えていません。\n`;
}
