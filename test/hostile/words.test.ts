import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { decideUpload } from '../../shared/flow.ts';
import { openUpload } from '../../shared/packet/open-upload.ts';
import type { CaseRecord } from '../../shared/records/store/case-record.ts';
import { summarise } from '../../shared/records/views/area-summary.ts';
import {
  acceptRegistry,
  loadRegistry,
  type Registry,
  RegistryError,
} from '../../shared/registry/registry.ts';
import { withFile, zip } from '../builders/zip.ts';

// Words that every object knows, and some nobody knows, at every place of a 送付票 and of a registry that holds a text.

const ROOT = resolve(import.meta.dirname, '../..');
const WORDS = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'banana',
  '\u001b[2J\n受理',
  '',
  'x'.repeat(3000),
];
/** Samples that name an event, add-ons, documents, months and dates. */
const SAMPLES = ['iwaki-switch', 'nobeoka-type-a', 'kumamoto-renewal-without-hyokahyo'];

let registries: Registry[];
beforeAll(async () => {
  const folder = join(ROOT, 'samples/registry');
  registries = await Promise.all(readdirSync(folder).map((name) => loadRegistry(join(folder, name))));
});

interface PacketFiles {
  cover: { path: string; value: Record<string, unknown> };
  files: { name: string; bytes: Uint8Array }[];
}

/** The first packet of a sample with a cover. */
async function packetOf(sample: string): Promise<PacketFiles> {
  const file = join(ROOT, `samples/packets/${sample}.zip`);
  const upload = await openUpload({ name: `${sample}.zip`, file });
  for await (const packet of upload.packets()) {
    const files = await Promise.all(packet.files.map(async (f) => ({ name: f.path, bytes: await f.read() })));
    const cover = files.find(({ name }) => name.endsWith('packet.json'));
    if (cover)
      return {
        cover: { path: cover.name, value: JSON.parse(Buffer.from(cover.bytes).toString('utf8')) },
        files,
      };
  }
  throw new Error(`${sample} has no cover`);
}

/** Every place of a value that holds a text, as the keys down to it. */
function textsIn(value: unknown, at: string[] = []): string[][] {
  if (typeof value === 'string') return [at];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, [...at, key]));
}

/** A copy with another text at a place. */
function withText(value: unknown, [key, ...rest]: string[], text: string): unknown {
  if (key === undefined) return text;
  if (Array.isArray(value))
    return value.map((one, i) => (String(i) === key ? withText(one, rest, text) : one));
  const entries = Object.entries(value as object);
  return Object.fromEntries(
    entries.map(([name, one]) => [name, name === key ? withText(one, rest, text) : one]),
  );
}

const decide = ({ cover, files }: PacketFiles, value: unknown): Promise<PacketVerdict[]> =>
  withFile(
    'upload.zip',
    zip(files.map((f) => (f.name === cover.path ? { ...f, bytes: JSON.stringify(value) } : f))),
    (source) => Array.fromAsync(decideUpload(source, { registries, today: '2024-12-05' })),
  );

/** Free texts: any word may stand there. */
const FREE = new Set([
  // a rule answers every add-on
  'addons_claimed.0',
  'name',
  'address',
  'area',
  'flags.user_area',
  'flags.submitted_to_area',
  'services_planned.0.name',
  'services_actual.0.name',
]);

describe('a word at any place of a 送付票', () => {
  it.each(SAMPLES)(
    'is reported and never accepted in the place of another: %s',
    async (sample) => {
      const packet = await packetOf(sample);
      const [before] = await decide(packet, packet.cover.value);
      for (const at of textsIn(packet.cover.value))
        for (const word of WORDS) {
          const place = `${at.join('.')} ${word.slice(0, 20)}`;
          const verdicts = await decide(packet, withText(packet.cover.value, at, word));
          for (const verdict of verdicts) {
            expect(verdict.ledger.accounted, place).toBe(true);
            expect(JSON.stringify(verdict).includes('function '), place).toBe(false);
            if (FREE.has(at.join('.'))) {
              if (before!.decision !== 'accept') expect(verdict.decision, place).not.toBe('accept');
              continue;
            }
            expect(verdict.decision, place).not.toBe('accept');
            expect(
              verdict.findings.map(({ code }) => code),
              place,
            ).toContain('F_PACKET_JSON');
          }
          // The numbers of the area stay numbers, whatever the case is called.
          const cases = verdicts.map((verdict) => caseOf(verdict, word));
          const id = { city: 'x', area: 'y', month: '2024-06' };
          const { events, categories, codes } = summarise(id, cases, '2024-12-05');
          for (const counts of [events, categories, codes])
            for (const count of Object.values(counts)) expect(count, place).toBeTypeOf('number');
          expect(
            Object.values(events).reduce((sum, n) => sum + n, 0),
            place,
          ).toBe(cases.length);
        }
    },
    240_000,
  );
});

/** A case as it is stored, with the word as its event: an older desk kept any. */
const caseOf = (verdict: PacketVerdict, event: string): CaseRecord =>
  ({
    ...{ event, person: verdict.packet_id, category: verdict.category, payer: verdict.claim?.payer ?? null },
    ...{
      decision: verdict.decision,
      missing_documents: verdict.missing_documents,
      version: 1,
      review_due: null,
    },
    ...{
      codes: {},
      office: verdict.office_number ?? '',
      earlier_offices: [],
      received_at: '',
      center_number: null,
    },
  }) as unknown as CaseRecord;

describe('a word at any place of a registry', () => {
  it('is refused with a sentence, or changes nothing but a name', () => {
    const [registry] = registries.filter(({ city }) => city === 'kumamoto');
    for (const at of textsIn(registry))
      for (const word of WORDS) {
        const place = `${at.join('.')} ${word.slice(0, 20)}`;
        const changed = withText(registry, at, word);
        const refusal = refusalOf(changed);
        if (refusal) expect(refusal.message, place).toMatch(/[ぁ-ん]/);
        else expect(mayStand(at, word), place).toBe(true);
      }
  });
});

/** Why a registry is refused; null: it is accepted. Any other error is a fault of the program. */
function refusalOf(raw: unknown): RegistryError | null {
  try {
    acceptRegistry(raw, 'registry.yaml');
    return null;
  } catch (error) {
    if (error instanceof RegistryError) return error;
    throw error;
  }
}

/** Names, addresses and another city are free texts; a key of an area may be any plain word. */
function mayStand(at: string[], word: string): boolean {
  const last = at.at(-1)!;
  if (last === 'key') return word === 'banana';
  // A department and an address are printed on letters and mean nothing to the desk.
  if (at.includes('contact')) return last === 'department' || last === 'address';
  return last === 'name' || last === 'city' || at.includes('addresses') || at.includes('postal_codes');
}
