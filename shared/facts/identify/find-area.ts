import type { Cover } from '../../cover-sheet/read-cover.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import type { Registry } from '../../registry/registry.ts';
import { foldKey } from '../../text/normalise.ts';
import type { Readings } from '../readings.ts';

/** The area in charge: cover, then the center named on the plan, then the address against the city's table. */
export function findArea(readings: Readings, cover: Cover, registry: Registry | null, findings: Finding[]) {
  const areas = registry?.areas ?? [];
  const byKey = cover.area ? areas.find((a) => a.key === cover.area || a.name === cover.area) : undefined;
  const byNumber = cover.center_number ? areas.find((a) => a.center === cover.center_number) : undefined;
  const centerName = readings.first<string>('center_name');
  const center = centerName ? registry?.centers.find((c) => sameName(c.name, centerName)) : undefined;
  const byCenter = center ? areas.filter((a) => a.center === center.number) : [];
  const home = byAddress(readings, cover, areas);
  const area = byKey ?? byNumber ?? (byCenter.length === 1 ? byCenter[0] : undefined) ?? home ?? byCenter[0];
  if (!area && !(cover.area && areas.length === 0)) {
    findings.push(
      fileFinding(
        'F_PACKET_AREA',
        registry ? 'review' : 'info',
        readings.of('address')[0]?.where ?? {},
        registry
          ? '利用者の担当圏域（地域包括支援センター）が、送付票・計画書・住所のどれからも決まりません。市の窓口で振り分けます。'
          : '登録簿がないため、利用者の担当圏域を決めていません。',
        '利用者基本情報の住所と、計画書の担当地域包括支援センターの記載を確かめてください。',
      ),
    );
  }
  return {
    area: area?.key ?? (areas.length === 0 ? (cover.area ?? null) : null),
    center_number: area?.center ?? center?.number ?? cover.center_number ?? null,
    home_area: home?.key ?? null,
  };
}

/** The longest registered address that begins the person's own wins; else the postal code. */
function byAddress(
  readings: Readings,
  cover: Cover,
  areas: Registry['areas'],
): Registry['areas'][number] | undefined {
  const address = foldKey(readings.first<string>('address') ?? cover.address ?? '');
  const postal = foldKey(readings.first<string>('postal_code') ?? '');
  const matches = areas
    .flatMap((area) => area.addresses.map((a) => ({ area, key: foldKey(a) })))
    .filter(({ key }) => address !== '' && key !== '' && (address.startsWith(key) || address.includes(key)))
    .sort((a, b) => b.key.length - a.key.length);
  if (matches[0]) return matches[0].area;
  const byPostal = areas.filter((a) => postal !== '' && a.postal_codes.some((p) => foldKey(p) === postal));
  return byPostal.length === 1 ? byPostal[0] : undefined;
}

const sameName = (a: string, b: string): boolean =>
  foldKey(a).includes(foldKey(b)) || foldKey(b).includes(foldKey(a));
