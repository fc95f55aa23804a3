import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { Screen } from '../../shared/frame/screen.tsx';
import { monthText } from '../../shared/text/dates.ts';
import { DecisionBadge } from '../../shared/ui/decision-badge.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Empty, Failed, Loading } from '../../shared/ui/states.tsx';
import { Changes } from './compared.tsx';
import { Documents } from './documents.tsx';
import { beforeQuery, type PacketAnswer, packetQuery } from './documents-query.ts';
import { type Mark, placesOf } from './evidence.ts';

/** The packet and the one of the month before side by side; what differs is framed on both. */
export function SidesScreen() {
  const { packet = '' } = useParams();
  return (
    <Loaded query={useQuery(beforeQuery(packet))}>
      {({ before, month, compared }) => (
        <Screen title="前回の書類と並べて見る" about={monthText(month)}>
          <p>
            <Link to={`/hokatsu/documents/${packet}`}>今回の書類だけを見る</Link>
          </p>
          {before && compared ? (
            <Sides
              months={[monthText(before.month), monthText(month)]}
              packets={[before.packet_id, packet]}
              compared={compared}
            />
          ) : (
            <Empty>この方の、これより前の月の書類はまだ届いていません。</Empty>
          )}
        </Screen>
      )}
    </Loaded>
  );
}

interface SidesProps {
  /** before, now */
  months: [string, string];
  packets: [string, string];
  compared: Parameters<typeof Changes>[0]['compared'];
}

function Sides({ months, packets, compared }: SidesProps) {
  const before = useQuery(packetQuery(packets[0]));
  const now = useQuery(packetQuery(packets[1]));
  const [path, setPath] = useState<string | null>(null);
  const changed = new Set(compared.facts.filter((one) => one.is_changed).map((one) => one.path));
  return (
    <>
      <Changes compared={compared} before={months[0]} now={months[1]} onChoose={setPath} />
      <div className="sides">
        {[before, now].map((query, side) => (
          <section key={packets[side]} aria-label={months[side]}>
            <h2>
              {side === 0 ? '前回' : '今回'} {months[side]}{' '}
              {query.data && <DecisionBadge decision={query.data.verdict.decision} />}
            </h2>
            {query.error && <Failed error={query.error} />}
            {query.data ? (
              <Side packetId={packets[side]!} data={query.data} changed={changed} path={path} />
            ) : (
              <Loading />
            )}
          </section>
        ))}
      </div>
    </>
  );
}

interface SideProps {
  packetId: string;
  data: PacketAnswer;
  /** facts that differ between the months */
  changed: ReadonlySet<string>;
  /** the fact to show */
  path: string | null;
}

function Side({ packetId, data, changed, path }: SideProps) {
  const { facts } = data.verdict.explanation;
  const marks = facts.filter((fact) => changed.has(fact.path)).flatMap(placesOf);
  // The same object until another value is chosen: a new one would open its page again.
  const chosen = useMemo((): Mark | null => {
    const fact = facts.find((one) => one.path === path);
    return (fact && placesOf(fact)[0]) ?? null;
  }, [facts, path]);
  return (
    <>
      {path && !chosen && <p className="soft">選んだ項目は、この月の書類には書かれていません。</p>}
      <Documents packetId={packetId} marks={marks} chosen={chosen} />
    </>
  );
}
