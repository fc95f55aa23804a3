import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { monthText, timeText } from '../text/dates.ts';
import { Badge } from '../ui/badge.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Empty } from '../ui/states.tsx';
import { Table } from '../ui/table.tsx';
import { type Health, type HealthAsked, healthQuery, type UploadPart } from './health-queries.ts';
import { PART_NAMES, STATES } from './parts.ts';
import './health.css';

interface Props {
  asked: HealthAsked;
  /** address of the screen: its lists are below it */
  base: string;
  /** address of the dead letters, for those who may move them */
  deadLetters?: string;
}

/** Whether anything is lost, waits or was set aside; every number opens its list. */
export function HealthView({ asked, base, deadLetters }: Props) {
  return (
    <Loaded query={useQuery(healthQuery(asked))}>
      {(health) => (
        <>
          <p className="soft">{timeText(health.at)} の状態。一分ごとに読み直します。</p>
          <Signs health={health} base={base} deadLetters={deadLetters} />
          <Uploads health={health} base={base} />
          <Waiting health={health} base={base} />
          <Dead health={health} deadLetters={deadLetters} />
          <Backup health={health} />
        </>
      )}
    </Loaded>
  );
}

const listAddress = (base: string, { city, month }: Health, part: UploadPart): string =>
  `${base}/uploads?${new URLSearchParams({ ...(city && { city }), month, state: part })}`;

interface PartProps {
  health: Health;
  base: string;
}

const dead = ({ queues }: Health): number => queues.reduce((sum, one) => sum + one.dead, 0);

/** What calls for someone: each with where to look. */
function Signs({ health, base, deadLetters }: PartProps & { deadLetters?: string | undefined }) {
  const { counts } = health;
  const signs: { key: string; text: ReactNode }[] = [];
  if (counts.late > 0)
    signs.push({
      key: 'late',
      text: (
        <Link to={listAddress(base, health, 'late')}>手順が遅れている受付が {counts.late}件あります</Link>
      ),
    });
  if (dead(health) > 0) {
    const text = `繰り返し失敗して退避したものが ${dead(health)}件あります`;
    signs.push({ key: 'dead', text: deadLetters ? <Link to={deadLetters}>{text}</Link> : text });
  }
  if (health.interrupted_erasures > 0) {
    const text = `廃棄が途中で止まった案件が ${health.interrupted_erasures}件あります。uketsuke retention due で確かめ、同じ廃棄をもう一度行ってください`;
    signs.push({ key: 'erasures', text });
  }
  if (!health.backup) signs.push({ key: 'backup', text: 'バックアップがまだありません' });
  if (signs.length === 0)
    return (
      <p className="sign">
        <Badge tone="good">異常なし</Badge>{' '}
        どの月の受付にも遅れている手順はなく、退避したものもありません。バックアップがあります。
      </p>
    );
  return (
    <ul className="signs">
      {signs.map(({ key, text }) => (
        <li key={key} className="sign">
          <Badge tone="bad">要対応</Badge> {text}
        </li>
      ))}
    </ul>
  );
}

/** Every number that was given, by how far it is. */
function Uploads({ health, base }: PartProps) {
  const { counts, month } = health;
  const rows = [...STATES, 'all' as const].map((part) => ({ part, count: counts[part] }));
  return (
    <section>
      <h2>受付の進み具合</h2>
      <p>
        {monthText(month)}に発行した受付番号は、どれも次のいずれか一つに入ります。数を押すと一覧が開きます。
      </p>
      <Progress counts={counts} />
      <Table
        label="受付の進み具合"
        items={rows}
        idOf={({ part }) => part}
        columns={[
          { key: 'part', title: '進み具合', isRowHeader: true, cell: ({ part }) => PART_NAMES[part] },
          {
            key: 'count',
            title: '件数',
            isNumber: true,
            cell: ({ part, count }) =>
              count === 0 ? (
                '0'
              ) : (
                <Link
                  to={listAddress(base, health, part)}
                  aria-label={`${PART_NAMES[part]} ${count}件の一覧`}
                >
                  {count.toLocaleString('ja-JP')}
                </Link>
              ),
          },
        ]}
      />
    </section>
  );
}

/** The states as one bar: what is settled, and what is not. */
function Progress({ counts }: { counts: Health['counts'] }) {
  const shown = STATES.filter((state) => counts[state] > 0);
  if (counts.all === 0) return null;
  return (
    <div className="progress-bar" aria-hidden="true">
      {shown.map((state) => (
        <span
          key={state}
          className={`part ${state}`}
          style={{ flexGrow: counts[state] }}
          title={`${PART_NAMES[state]} ${counts[state]}件`}
        />
      ))}
    </div>
  );
}

/** Messages of each stage; where uploads wait there, the number opens them. */
function Waiting({ health, base }: PartProps) {
  const addressOf = (stage: string): string =>
    `${base}/uploads?${new URLSearchParams({ ...(health.city && { city: health.city }), month: health.month, stage })}`;
  return (
    <section>
      <h2>待っているもの</h2>
      <p>
        {health.oldest_waiting
          ? `いちばん長く判定を待っているものは ${timeText(health.oldest_waiting)} からです。`
          : '判定を待っているものはありません。'}
      </p>
      <Table
        label="段階ごとの待ち"
        items={health.queues}
        idOf={({ stage }) => stage}
        columns={[
          { key: 'name', title: '段階', isRowHeader: true, cell: ({ name }) => name },
          {
            key: 'waiting',
            title: '待ち・処理中',
            isNumber: true,
            cell: ({ stage, name, waiting, uploads }) =>
              uploads && waiting > 0 ? (
                <Link to={addressOf(stage)} aria-label={`${name} ${waiting}件の受付の一覧`}>
                  {waiting}
                </Link>
              ) : (
                waiting
              ),
          },
          { key: 'dead', title: '退避', isNumber: true, cell: (one) => one.dead },
        ]}
      />
    </section>
  );
}

function Dead({ health, deadLetters }: { health: Health; deadLetters?: string | undefined }) {
  const explained = health.dead_by_reason.reduce((sum, { count }) => sum + count, 0);
  return (
    <section>
      <h2>退避したものの理由</h2>
      {explained < dead(health) && (
        <p>
          退避した{dead(health)}件のうち、{explained}件の理由です（段階ごとに先頭から調べています）。
        </p>
      )}
      <Table
        label="退避したものの理由"
        items={health.dead_by_reason}
        idOf={({ stage, reason }) => `${stage} ${reason}`}
        empty={<Empty>退避したものはありません。</Empty>}
        columns={[
          { key: 'name', title: '段階', isRowHeader: true, cell: ({ name }) => name },
          { key: 'reason', title: '理由', cell: ({ reason }) => reason ?? '記録なし' },
          {
            key: 'count',
            title: '件数',
            isNumber: true,
            cell: ({ count }) => (deadLetters ? <Link to={deadLetters}>{count}</Link> : count),
          },
        ]}
      />
    </section>
  );
}

function Backup({ health: { backup } }: { health: Health }) {
  return (
    <section>
      <h2>最後のバックアップ</h2>
      <p>
        {backup === null
          ? 'まだありません。受付を止めて uketsuke backup でバックアップを取ってください。'
          : backup.kind === 'copy'
            ? `${timeText(backup.at)} にバックアップを取りました。`
            : `${timeText(backup.at)} までの、どの時点にも戻せます（直近35日）。`}
      </p>
    </section>
  );
}
