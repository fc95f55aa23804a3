import type { Cover } from '../../cover-sheet/read-cover.ts';
import type { Reading } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import type { Registry } from '../../registry/registry.ts';
import { foldKey } from '../../text/normalise.ts';
import { printableShort } from '../../text/printable.ts';
import { type Comparable, toSource } from '../compare/document-readings.ts';
import { sameArea } from '../compare/sameness.ts';
import { onCoverSheet } from '../compare/source-reading.ts';
import type { Readings } from '../readings.ts';

type Area = Registry['areas'][number];

export interface AreaFound {
  /** key of the area in charge */
  area: string | null;
  /** number of its 地域包括支援センター */
  center_number: string | null;
  /** key of the area the address is in, whatever the sender wrote */
  lives_in: string | null;
  /** the same, where every address is of another center than the one in charge */
  home_area?: string;
  findings: Finding[];
}

/** An area that no registry lists becomes part of the keys of records. */
const AREA_KEY = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

/** The area in charge: cover, then the center named on the plan, then the address against the city's table. */
export function findArea(readings: Readings, cover: Cover, registry: Registry | null): AreaFound {
  const areas = registry?.areas ?? [];
  const center = centerOnPlan(readings, registry);
  const ofCenter = center ? areas.filter((a) => a.center === center.number) : [];
  const home = areaOfHome(readings, cover, areas);
  const area =
    areaOnCover(cover, areas) ?? (ofCenter.length === 1 ? ofCenter[0] : undefined) ?? home ?? ofCenter[0];
  // Without a table of areas the cover's own words count.
  const onCover = cover.area ?? '';
  const written = areas.length === 0 && AREA_KEY.test(onCover) ? onCover : null;
  return {
    area: area?.key ?? written,
    center_number: area?.center ?? center?.number ?? centerOnCover(cover, registry) ?? null,
    lives_in: home?.key ?? null,
    ...elsewhere(area, [...addressAreas(readings, areas), ...(home ? [home] : [])]),
    findings: [
      ...(cover.area && areas.length > 0 && !areaNamed(cover.area, areas)
        ? [unknownArea(cover.area, areas)]
        : []),
      ...(area || written ? [] : [noArea(readings, registry)]),
    ],
  };
}

const addressAreas = (readings: Readings, areas: Area[]): Area[] =>
  readings.of('address').flatMap(({ value }) => areaOfAddress(String(value), areas) ?? []);

function elsewhere(inCharge: Area | undefined, homes: Area[]): Pick<AreaFound, 'home_area'> {
  const isHere = homes.some(({ center }) => center === inCharge?.center);
  return inCharge && homes[0] && !isHere ? { home_area: homes[0].key } : {};
}

/** The areas that cover, plan and address lead to, by name; a 送付票 that names an unknown one leads to none. */
export function areasShown(readings: Readings, cover: Cover, registry: Registry | null): Comparable {
  const areas = registry?.areas ?? [];
  const namesOf = (found: Area[]): string[] => found.map(({ name }) => name);
  const written = [cover.area, cover.center_number].find((one) => one !== undefined && one !== null);
  const onCover = areaOnCover(cover, areas);
  const centers = certain(readings.of('center_name')).map((reading) => ({
    reading,
    names: namesOf(
      areas.filter(({ center }) => center === centerNamed(String(reading.value), registry)?.number),
    ),
  }));
  const addresses = certain(readings.of('address'));
  const home = areaOfHome(readings, cover, areas);
  // A person who moves inside the city has an address in each of two areas.
  const homes = addresses.flatMap((reading, i) => {
    const area = areaOfAddress(String(reading.value), areas) ?? (i === 0 ? home : null);
    return area ? [{ ...toSource(reading), value: namesOf([area]) }] : [];
  });
  return {
    path: 'area',
    readings: [
      ...centers
        .filter(({ names }) => names.length > 0)
        .map(({ reading, names }) => ({ ...toSource(reading), value: names })),
      ...homes,
      ...(areas.length > 0 && written
        ? [onCoverSheet(onCover ? namesOf(sharing(onCover, cover, areas)) : [written])]
        : []),
    ],
    same: sameArea,
    isNewest: false,
  };
}

/** A cover that names the center alone leads to each of its areas. */
const sharing = (area: Area, cover: Cover, areas: Area[]): Area[] =>
  cover.area ? [area] : areas.filter(({ center }) => center === area.center);

const areaOnCover = (cover: Cover, areas: Area[]): Area | undefined =>
  (cover.area ? areaNamed(cover.area, areas) : undefined) ??
  (cover.center_number ? areas.find((a) => a.center === cover.center_number) : undefined);

/** Only a registered center can be in charge: an office could name itself, and would act for the others. */
const centerOnCover = ({ center_number }: Cover, registry: Registry | null): string | undefined =>
  registry?.centers.find(({ number }) => number === center_number)?.number;

const areaNamed = (written: string, areas: Area[]): Area | undefined =>
  areas.find(({ key, name }) => key === written || name === written);

function centerOnPlan(readings: Readings, registry: Registry | null): { number: string } | undefined {
  const name = readings.first<string>('center_name');
  return name ? centerNamed(name, registry) : undefined;
}

const centerNamed = (name: string, registry: Registry | null): { number: string } | undefined =>
  registry?.centers.find((c) => isSameName(c.name, name));

const certain = (readings: Reading[]): Reading[] => readings.filter(({ uncertain }) => !uncertain);

const isSameName = (a: string, b: string): boolean =>
  foldKey(a).includes(foldKey(b)) || foldKey(b).includes(foldKey(a));

/** The area of the first address; else of the postal code. */
function areaOfHome(readings: Readings, cover: Cover, areas: Area[]): Area | undefined {
  const byAddress = areaOfAddress(readings.first<string>('address') ?? cover.address ?? '', areas);
  if (byAddress) return byAddress;
  const postal = foldKey(readings.first<string>('postal_code') ?? '');
  const byPostal = areas.filter((a) => postal !== '' && a.postal_codes.some((p) => foldKey(p) === postal));
  return byPostal.length === 1 ? byPostal[0] : undefined;
}

/** The longest registered address that the person's own contains wins. */
function areaOfAddress(written: string, areas: Area[]): Area | undefined {
  const address = foldKey(written);
  return areas
    .flatMap((area) => area.addresses.map((a) => ({ area, key: foldKey(a) })))
    .filter(({ key }) => address !== '' && key !== '' && address.includes(key))
    .sort((a, b) => b.key.length - a.key.length)[0]?.area;
}

const noArea = (readings: Readings, registry: Registry | null): Finding =>
  fileFinding(
    'F_PACKET_AREA',
    registry ? 'review' : 'info',
    readings.of('address')[0]?.where ?? {},
    registry
      ? '利用者の担当圏域（地域包括支援センター）が、送付票・計画書・住所のどれからも決まりません。市の担当者が振り分けます。'
      : '市の登録簿がまだ取り込まれていないため、利用者の担当圏域を決めていません。',
    registry
      ? '利用者基本情報の住所と、計画書の担当地域包括支援センターの記載を確かめてください。誤りがあれば、直した書類を出し直してください。'
      : '事業所の対応は不要です。',
  );

/** Names of one sentence. */
const MOST_NAMES = 20;

const unknownArea = (written: string, areas: Area[]): Finding => {
  const names = areas.slice(0, MOST_NAMES).map(({ name }) => printableShort(name));
  const rest = areas.length > MOST_NAMES ? `など${areas.length}圏域` : '';
  return fileFinding(
    'F_PACKET_JSON',
    'error',
    {},
    `送付票の「圏域」に書かれた「${printableShort(written)}」は、市の登録簿にない圏域です。この項目がないものとして審査しました。`,
    `送付票の「圏域」に、次のどれかを書いて出し直してください: ${names.join('、')}${rest}。`,
  );
};
