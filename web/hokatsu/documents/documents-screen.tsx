import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Where } from '../../../shared/findings/finding.ts';
import { Findings } from '../../shared/findings/findings.tsx';
import { Screen } from '../../shared/frame/screen.tsx';
import { monthText } from '../../shared/text/dates.ts';
import { DecisionBadge } from '../../shared/ui/decision-badge.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Compared } from './compared.tsx';
import { Documents } from './documents.tsx';
import { type PacketAnswer, packetQuery } from './documents-query.ts';
import { type Mark, marksOf } from './evidence.ts';
import { Values } from './values.tsx';

/** The documents of a packet beside its findings, its values, and the month before. The address opens a place. */
export function DocumentsScreen() {
  const { packet = '' } = useParams();
  return (
    <Loaded query={useQuery(packetQuery(packet))}>
      {(data) => <Beside key={packet} id={packet} data={data} />}
    </Loaded>
  );
}

function Beside({ id, data }: { id: string; data: PacketAnswer }) {
  const { verdict } = data;
  const [params] = useSearchParams();
  const [chosen, setChosen] = useState<Mark | null>(() => markIn(params));
  const openPlace = (where: Where): void => setChosen({ where, label: '指摘の場所' });
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
      <div className="beside">
        <Documents packetId={id} marks={marksOf(verdict)} chosen={chosen} />
        <Tabs className="beside-words">
          <TabList aria-label="書類について">
            <Tab id="findings">
              指摘 {verdict.findings.filter(({ severity }) => severity !== 'info').length}件
            </Tab>
            <Tab id="values">読み取った値</Tab>
            <Tab id="before">前回との違い</Tab>
          </TabList>
          <TabPanel id="findings">
            <Findings findings={verdict.findings} onOpen={openPlace} />
          </TabPanel>
          <TabPanel id="values">
            <Values
              packetId={id}
              facts={verdict.explanation.facts}
              textOf={(path) => data.fact_texts[path] ?? null}
              chosen={chosen}
              onChoose={setChosen}
            />
          </TabPanel>
          <TabPanel id="before">
            <Compared packetId={id} />
          </TabPanel>
        </Tabs>
      </div>
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
  return { where: { file, ...Object.fromEntries(numbers) }, label: '指摘の場所' };
}
