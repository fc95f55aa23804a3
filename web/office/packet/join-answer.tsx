import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { PACKET_STATE_NAMES } from '../../../shared/vocabulary/packet-state.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Loading } from '../../shared/ui/states.tsx';
import { FirstFinding } from '../uploads/first-finding.tsx';
import { uploadQuery } from '../uploads/upload-query.ts';

/** Of what joined a packet: the receipt number at once, and the verdict when it is there. */
export function JoinAnswer({ uploadId, onClose }: { uploadId: string; onClose: () => void }) {
  const query = useQuery(uploadQuery(uploadId));
  return (
    <>
      <p role="status">送信しました。受付番号 {uploadId}</p>
      <Loaded query={query}>
        {({ state, packets }) =>
          state === 'finished' ? (
            packets.map((one) => (
              <section key={one.part}>
                <p>
                  結果：<strong>{PACKET_STATE_NAMES[one.state]}</strong>
                </p>
                <FirstFinding packet={one} />
                <p>
                  <Link to={`/office/packets/${one.packet_id}`} onClick={onClose}>
                    新しい版を開く
                  </Link>
                </p>
              </section>
            ))
          ) : (
            <Loading what="審査しています…" />
          )
        }
      </Loaded>
    </>
  );
}
