import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Where } from '../../../shared/findings/finding.ts';
import { Findings } from '../../shared/findings/findings.tsx';
import { Screen } from '../../shared/frame/screen.tsx';
import { monthText } from '../../shared/text/dates.ts';
import { DecisionBadge } from '../../shared/ui/decision-badge.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Beside } from './beside.tsx';
import { type PacketAnswer, packetQuery } from './documents-query.ts';
import { type Mark, markOf } from './evidence.ts';

/** The documents of a packet beside its findings, its values, and the month before. The address opens a place. */
export function DocumentsScreen() {
  const { packet = '' } = useParams();
  return (
    <Loaded query={useQuery(packetQuery(packet))}>
      {(data) => <Shown key={packet} id={packet} data={data} />}
    </Loaded>
  );
}

function Shown({ id, data }: { id: string; data: PacketAnswer }) {
  const { verdict } = data;
  const [params] = useSearchParams();
  const [chosen, setChosen] = useState<Mark | null>(() => markIn(params));
  const openPlace = (where: Where): void => setChosen(markOf(where));
  const about = `${verdict.name ?? '氏名不明'}　${monthText(verdict.service_month)}`;
  return (
    <Screen title="書類" about={about}>
      <p>
        <DecisionBadge decision={verdict.decision} />　{verdict.packet}
        {'　'}
        {data.person && data.city && (
          <Link to={`/hokatsu/people/${data.city}/${data.person}`}>この方の月ごとの記録</Link>
        )}
      </p>
      <Beside
        packetId={id}
        chosen={chosen}
        onChoose={setChosen}
        title={`指摘 ${verdict.findings.filter(({ severity }) => severity !== 'info').length}件`}
      >
        <Findings findings={verdict.findings} onOpen={openPlace} />
      </Beside>
    </Screen>
  );
}

/** The place an address names: `?file=…&page=2` or `&row=3&column=14`. */
function markIn(params: URLSearchParams): Mark | null {
  const file = params.get('file');
  if (!file) return null;
  const numbers = ['page', 'row', 'column'].flatMap((name) => {
    const value = Number(params.get(name));
    return value > 0 ? [[name, value] as const] : [];
  });
  return markOf({ file, ...Object.fromEntries(numbers) });
}
