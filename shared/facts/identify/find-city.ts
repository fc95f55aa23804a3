import type { Cover } from '../../cover-sheet/read-cover.ts';
import type { Reading } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { cityKey, cityKeys, cityName, cityOfInsurer } from '../../profiles/cities.ts';
import type { Registry } from '../../registry/registry.ts';
import { foldKey } from '../../text/normalise.ts';
import type { Readings } from '../readings.ts';
import { groupBy } from './telling.ts';

/** The city whose rules count: by the insurer number, else by what the cover or the address says. */
export function findCity(
  readings: Readings,
  cover: Cover,
  context: { registries: Registry[]; city?: string | undefined },
  findings: Finding[],
) {
  const numbers = readings.of('insurer_number');
  const groups = groupBy(
    numbers.filter((r) => !r.uncertain),
    (r) => String(r.value),
  );
  if (groups.size > 1) {
    findings.push(
      fileFinding(
        'F_FACT_CONFLICT',
        'review',
        [...groups.values()][1]![0]!.where,
        `保険者番号が書類の間で違います（${[...groups.keys()].join('、')}）。`,
        '被保険者証で保険者番号を確かめ、違っている書類を直して出し直してください。',
      ),
    );
  }
  const insurer =
    [...groups.keys()][0] ?? (numbers[0] ? String(numbers[0].value) : null) ?? cover.insurer_number ?? null;
  const fromRegistry = context.registries.find(
    (r) => insurer !== null && r.insurer_numbers.includes(insurer),
  )?.city;
  const known = fromRegistry ?? (insurer ? cityOfInsurer(insurer) : undefined);
  const byAddress = insurer ? undefined : cityOfAddress(readings);
  const said = insurer || !cover.city ? undefined : cityKey(cover.city);
  const city = context.city ?? known ?? said ?? byAddress?.city ?? null;
  const where = numbers[0]?.where ?? {};
  if (!city) {
    findings.push(
      fileFinding(
        'F_PACKET_UNKNOWN_INSURER',
        'error',
        where,
        insurer
          ? `保険者番号「${insurer}」は、この受付が扱う市の番号ではありません。`
          : 'どの書類からも保険者番号（6桁）を読み取れないため、どの市の決まりで審査するか決められません。',
        insurer
          ? '被保険者証で保険者番号を確かめてください。番号が正しければ、その市町村の窓口へ提出してください。'
          : '保険者番号が読める書類を加えるか、送付票（packet.json）の insurer_number に番号を書いて出し直してください。',
      ),
    );
  } else if (!insurer && byAddress && city === byAddress.city && !context.city && !said) {
    findings.push(
      fileFinding(
        'F_PACKET_UNKNOWN_INSURER',
        'review',
        byAddress.reading.where,
        `どの書類からも保険者番号（6桁）を読み取れないため、住所から${cityName(city)}の利用者として審査しました。`,
        '保険者番号が読める書類を加えるか、送付票（packet.json）の insurer_number に番号を書いて出し直すと、確認を待たずに処理できます。',
      ),
    );
  } else if (insurer && known !== city && context.city) {
    findings.push(
      fileFinding(
        'F_PACKET_UNKNOWN_INSURER',
        'review',
        where,
        `保険者番号「${insurer}」は、指定された市（${cityName(city)}）の番号として登録されていません。`,
        '住所地特例であればその旨を送付票に書いてください。番号の誤りであれば直して出し直してください。',
      ),
    );
  }
  return { city, insurer, registry: context.registries.find((r) => r.city === city) ?? null };
}

/** The city whose name the person's address begins with (after the prefecture). Not proof: 住所地特例 exists. */
function cityOfAddress(readings: Readings): { city: string; reading: Reading } | undefined {
  for (const reading of readings.of('address')) {
    const address = foldKey(String(reading.value)).replace(/^.{2,3}[都道府県]/, '');
    const city = cityKeys().find((key) => address.startsWith(foldKey(cityName(key))));
    if (city) return { city, reading };
  }
  return undefined;
}
