import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PACKET_STATE_NAMES, type PacketState } from '../../../shared/vocabulary/packet-state.ts';
import { monthText } from '../../shared/text/dates.ts';
import { masked } from '../../shared/text/masked.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { Select } from '../../shared/ui/select.tsx';
import { type OwnPacket, packetsQuery } from '../packets/packets-query.ts';
import { choosePacket } from './sendings.ts';

/** What may still be completed. */
const OPEN: readonly PacketState[] = ['returned', 'reviewing', 'accepted'];

/** Which packet a lone file belongs to. */
export function AskPacket({ id }: { id: number }) {
  const [packet, setPacket] = useState<string | null>(null);
  const query = useInfiniteQuery(packetsQuery);
  return (
    <>
      <p>
        <strong>どの提出の書類ですか。</strong>
        一つのファイルだけでは、何月分のどの書類一式に入るか分かりません。まだ送っていません。
      </p>
      <Loaded query={query}>
        {({ pages }) => (
          <Select
            label="加える提出"
            options={optionsOf(pages.flatMap(({ packets }) => packets))}
            value={packet}
            onChange={setPacket}
          />
        )}
      </Loaded>
      <MoreButton query={query} />
      <p className="actions">
        <Button kind="main" isDisabled={!packet} onPress={() => choosePacket(id, packet)}>
          この提出に加えて送る
        </Button>
        <Button onPress={() => choosePacket(id, null)}>新しい提出として送る</Button>
      </p>
    </>
  );
}

/** One choice a packet, the returned ones first. */
function optionsOf(packets: OwnPacket[]): { value: string; label: string }[] {
  const latest = latestVersions(packets);
  return OPEN.flatMap((state) => latest.filter((one) => one.state === state)).map((one) => ({
    value: one.packet_id,
    label: [
      one.packet,
      masked(one.insured_number),
      monthText(one.service_month),
      PACKET_STATE_NAMES[one.state],
    ].join('　'),
  }));
}

/** Of each case what came last: nothing may join a version that another replaced. The newest come first. */
function latestVersions(packets: OwnPacket[]): OwnPacket[] {
  const valid = packets.filter(({ state }) => state !== 'withdrawn');
  const caseOf = ({ insurer_number, insured_number, service_month, event, packet_id }: OwnPacket) =>
    insured_number && service_month
      ? [insurer_number, insured_number, service_month, event].join(' ')
      : packet_id;
  return [...Map.groupBy(valid, caseOf).values()].map(([newest]) => newest!);
}
