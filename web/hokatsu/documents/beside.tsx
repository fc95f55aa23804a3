import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useAreaName } from '../../shared/places/registry-query.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Compared } from './compared.tsx';
import { Documents } from './documents.tsx';
import { packetQuery } from './documents-query.ts';
import { type Mark, marksOf } from './evidence.ts';
import { Values } from './values.tsx';

interface Props {
  packetId: string;
  chosen: Mark | null;
  onChoose: (mark: Mark) => void;
  /** the first tab: what is said about the documents */
  title: string;
  children: ReactNode;
  /** what may be done with the file that is open, by its path */
  actionsOf?: (path: string) => ReactNode;
}

/** Facts whose value is the key of an area. */
const AREAS: ReadonlySet<string> = new Set(['flags.user_area', 'flags.submitted_to_area']);

/** The documents of a packet, and beside them what is said about them, its values, and the month before. */
export function Beside({ packetId, chosen, onChoose, title, children, actionsOf }: Props) {
  const query = useQuery(packetQuery(packetId));
  const nameOf = useAreaName(query.data?.city ?? null);
  const textOf = (path: string, text: string | null) => (text && AREAS.has(path) ? nameOf(text) : text);
  const marks = query.data ? marksOf(query.data.verdict) : [];
  return (
    <div className="beside">
      <Documents packetId={packetId} marks={marks} chosen={chosen} {...(actionsOf && { actionsOf })} />
      <Tabs className="beside-words">
        <TabList aria-label="書類について">
          <Tab id="about">{title}</Tab>
          <Tab id="values">読み取った値</Tab>
          <Tab id="before">前回との違い</Tab>
        </TabList>
        <TabPanel id="about">{children}</TabPanel>
        <TabPanel id="values">
          <Loaded query={query}>
            {({ verdict, fact_texts }) => (
              <Values
                packetId={packetId}
                facts={verdict.explanation.facts}
                textOf={(path) => textOf(path, fact_texts[path] ?? null)}
                chosen={chosen}
                onChoose={onChoose}
              />
            )}
          </Loaded>
        </TabPanel>
        <TabPanel id="before">
          <Compared packetId={packetId} />
        </TabPanel>
      </Tabs>
    </div>
  );
}
