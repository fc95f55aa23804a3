import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { FactChange, MonthComparison } from '../../../shared/decision/compare-months.ts';
import { monthText } from '../../shared/text/dates.ts';
import { Button } from '../../shared/ui/button.tsx';
import { DecisionBadge } from '../../shared/ui/decision-badge.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { beforeQuery } from './documents-query.ts';
import { shownText } from './shown-text.ts';

/** The packet beside the one of the month before: what changed comes first. */
export function Compared({ packetId }: { packetId: string }) {
  return (
    <Loaded query={useQuery(beforeQuery(packetId))}>
      {({ before, month, compared }) =>
        before && compared ? (
          <>
            <p>
              前回 {monthText(before.month)} <DecisionBadge decision={before.decision} />
              {'　'}
              <Link to={`/hokatsu/compare/${packetId}`}>前回の書類と並べて見る</Link>
            </p>
            <Changes compared={compared} before={monthText(before.month)} now={monthText(month)} />
          </>
        ) : (
          <Empty>この方の、これより前の月の書類はまだ届いていません。</Empty>
        )
      }
    </Loaded>
  );
}

interface Side {
  key: string;
  label: string;
  before: string;
  now: string;
}

interface ChangesProps {
  compared: MonthComparison;
  /** the months, as headings */
  before: string;
  now: string;
  /** shows where a changed value is written, by the path of its fact */
  onChoose?: (path: string) => void;
}

export function Changes({ compared, before, now, onChoose }: ChangesProps) {
  const [all, setAll] = useState(false);
  const changes = compared.facts.filter((one) => one.is_changed);
  const columns: TableColumn<Side>[] = [
    { key: 'label', title: '項目', isRowHeader: true, cell: (one) => one.label },
    { key: 'before', title: before, cell: (one) => one.before },
    { key: 'now', title: now, cell: (one) => <strong>{one.now}</strong> },
  ];
  return (
    <>
      <h3>値の違い {changes.length}件</h3>
      <Table
        label="値の違い"
        columns={onChoose ? [choosing(onChoose), ...columns.slice(1)] : columns}
        items={(all ? compared.facts : changes).map(factSide)}
        idOf={({ key }) => key}
        empty={<Empty>値は前回と同じです。</Empty>}
      />
      <Button kind="plain" onPress={() => setAll(!all)}>
        {all ? '違うものだけを表示する' : '同じものも表示する'}
      </Button>
      <h3>書類の違い</h3>
      <Differences
        label="書類の違い"
        columns={columns}
        items={compared.documents.map((one) => ({ ...one, key: one.kind, label: one.title }))}
      />
      <h3>指摘の違い</h3>
      <Differences
        label="指摘の違い"
        columns={columns}
        items={compared.findings.map((one) => ({
          ...one,
          key: `${one.code} ${one.rule}`,
          label: one.message,
        }))}
      />
    </>
  );
}

const choosing = (onChoose: (path: string) => void): TableColumn<Side> => ({
  key: 'label',
  title: '項目',
  isRowHeader: true,
  cell: ({ key, label }) => (
    <Button kind="plain" onPress={() => onChoose(key)}>
      {label}
    </Button>
  ),
});

const factSide = ({ path, label, before, now }: FactChange): Side => ({
  key: path,
  label,
  before: shownText(before ?? '—'),
  now: shownText(now ?? '—'),
});

interface Presence {
  key: string;
  label: string;
  before: boolean;
  now: boolean;
}

function Differences(props: { label: string; columns: TableColumn<Side>[]; items: Presence[] }) {
  const sides = props.items
    .filter(({ before, now }) => before !== now)
    .map((one) => ({ ...one, before: one.before ? 'あり' : 'なし', now: one.now ? 'あり' : 'なし' }));
  return (
    <Table
      label={props.label}
      columns={props.columns}
      items={sides}
      idOf={({ key }) => key}
      empty={<Empty>前回と同じです。</Empty>}
    />
  );
}
