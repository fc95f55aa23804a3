import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Where } from '../../../shared/findings/finding.ts';
import './item.css';
import { Screen } from '../../shared/frame/screen.tsx';
import { monthText } from '../../shared/text/dates.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Loading } from '../../shared/ui/states.tsx';
import { type Mark, markOf } from '../documents/evidence.ts';
import { queueAddress } from '../queue/queue-place.ts';
import { Checklist } from './checklist.tsx';
import { EndReview } from './end-review.tsx';
import { History } from './history.tsx';
import { Holding } from './holding.tsx';
import { ItemHead } from './item-head.tsx';
import { type Detail, itemQuery } from './item-query.ts';
import { OpenFacts } from './open-facts.tsx';
import { PictureReadings } from './picture-readings.tsx';
import { Questions } from './questions.tsx';
import { ReceivedPapers } from './received-papers.tsx';
import { RemoveFile } from './remove-file.tsx';
import { Withdrawal } from './withdrawal.tsx';

const Beside = lazy(() => import('../documents/beside.tsx').then((module) => ({ default: module.Beside })));

/** One item: what is asked, what is entered, and how it ends. */
export function ItemScreen() {
  const { id = '' } = useParams();
  const query = useQuery(itemQuery(id));
  const title = query.data
    ? `${query.data.item.name ?? '氏名不明'}　${monthText(query.data.item.month)}`
    : '確認';
  return (
    <Screen title={title} actions={<Link to={queueAddress()}>一覧へ戻る</Link>}>
      <Loaded query={query}>{(detail) => <ItemBody detail={detail} />}</Loaded>
    </Screen>
  );
}

function ItemBody({ detail }: { detail: Detail }) {
  const { item, pending } = detail;
  const [chosen, setChosen] = useState<Mark | null>(null);
  const about = item.about_packet ?? item.packet_id;
  const mayAct = detail.may_act && item.state === 'open' && !isHeldByOther(detail);
  const props = { detail, mayAct, onOpen: (where: Where) => setChosen(markOf(where)) };
  return (
    <>
      <ItemHead detail={detail} />
      <Holding detail={detail} />
      <Withdrawal detail={detail} mayAct={mayAct} />
      {pending && (
        <p className="loading" role="status">
          入力した内容で、判定し直しています…
        </p>
      )}
      <Suspense fallback={<Loading />}>
        <Beside
          packetId={about}
          chosen={chosen}
          onChoose={setChosen}
          title="確かめること"
          actionsOf={(path) => mayAct && !item.about_packet && <RemoveFile item={item} path={path} />}
        >
          <Questions {...props} />
          <PictureReadings {...props} />
          <OpenFacts {...props} />
          <ReceivedPapers {...props} />
          <Checklist {...props} />
          {mayAct && <EndReview detail={detail} />}
        </Beside>
      </Suspense>
      <History detail={detail} />
    </>
  );
}

const isHeldByOther = ({ holder, me }: Detail): boolean => holder !== null && holder.by !== me;
