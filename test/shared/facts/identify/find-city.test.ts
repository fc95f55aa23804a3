import { describe, expect, it } from 'vitest';
import { findCity } from '../../../../shared/facts/identify/find-city.ts';
import { cityName } from '../../../../shared/profiles/cities.ts';
import { parseRegistry } from '../../../../shared/registry/registry.ts';
import { aDocument, readingsOf } from '../../../builders/a-document.ts';

const registry = parseRegistry(
  { city: 'mito', insurer_numbers: ['089999'], centers: [], offices: [] },
  'registry.yaml',
);
const context = { registries: [registry] };
const insurers = (...numbers: string[]) =>
  readingsOf(...numbers.map((number) => aDocument({}, [['insurer_number', number]])));
const living = (address: string) => readingsOf(aDocument({}, [['address', address]]));
const summary = (result: ReturnType<typeof findCity>) =>
  result.findings.map((f) => `${f.code} ${f.severity}`);

describe('findCity', () => {
  it('returns the city of an insurer number in a registry', () => {
    const result = findCity(insurers('089999'), {}, context);
    expect(result).toEqual({ city: 'mito', insurer: '089999', registry, findings: [] });
  });

  it('falls back to the number on the cover', () => {
    expect(findCity(readingsOf(), { insurer_number: '089999' }, context)).toMatchObject({
      city: 'mito',
      findings: [],
    });
  });

  it('falls back to the city on the cover', () => {
    const result = findCity(readingsOf(), { city: cityName('mito') }, context);
    expect(result).toMatchObject({ city: 'mito', insurer: null, registry, findings: [] });
  });

  it('asks which is right where the cover names another city than the papers', () => {
    const result = findCity(insurers('089999'), { city: cityName('iwaki') }, context);
    expect(result.city).toBe('mito');
    expect(summary(result)).toEqual(['F_FACT_CONFLICT review']);
    expect(result.findings[0]!.message).toContain(
      `送付票（${cityName('iwaki')}）と書類の保険者番号（${cityName('mito')}）`,
    );
    expect(findCity(insurers('089999'), { city: 'mito' }, context).findings).toEqual([]);
  });

  it('assumes the city of the address and asks a person to look', () => {
    const result = findCity(living(`茨城県${cityName('mito')}見本町1`), {}, context);
    expect(result.city).toBe('mito');
    expect(summary(result)).toEqual(['F_PACKET_UNKNOWN_INSURER review']);
  });

  it('refuses a number of no city here', () => {
    const result = findCity(insurers('999999'), { city: 'mito' }, context);
    expect(result).toMatchObject({ city: null, insurer: '999999', registry: null });
    expect(summary(result)).toEqual(['F_PACKET_UNKNOWN_INSURER error']);
  });

  it('refuses papers that name no city', () => {
    const result = findCity(readingsOf(), {}, context);
    expect(result.city).toBeNull();
    expect(summary(result)).toEqual(['F_PACKET_UNKNOWN_INSURER error']);
  });

  it('counts the first of two insurer numbers', () => {
    const result = findCity(insurers('089999', '999999'), {}, context);
    expect(result.city).toBe('mito');
    expect(summary(result)).toEqual([]);
  });

  it('keeps the city a caller fixes, and reports an insurer of another', () => {
    const result = findCity(insurers('089999'), {}, { ...context, city: 'iwaki' });
    expect(result).toMatchObject({ city: 'iwaki', registry: null });
    expect(summary(result)).toEqual(['F_PACKET_UNKNOWN_INSURER review']);
  });
});
