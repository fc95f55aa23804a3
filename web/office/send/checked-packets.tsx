import { useState } from 'react';
import { useWords } from '../../shared/api/session.ts';
import { Findings } from '../../shared/findings/findings.tsx';
import { monthText } from '../../shared/text/dates.ts';
import { masked } from '../../shared/text/masked.ts';
import { word } from '../../shared/text/word.ts';
import { Button } from '../../shared/ui/button.tsx';
import type { Cover } from '../cover/cover-items.ts';
import { StateBadge } from '../packets/state-badge.tsx';
import { CheckCoverDialog } from './check-cover-dialog.tsx';
import type { Checked, CheckedPacket } from './check-file.ts';

/** What would be decided of the papers, packet by packet, as a verdict reads. */
export function CheckedPackets({ checked, onCover }: { checked: Checked } & Pick<PacketProps, 'onCover'>) {
  const { packets, is_whole } = checked;
  return (
    <>
      <p role="status">
        <strong>確認だけをしました。まだ送っていません。</strong>
        書類も結果も保管していません。
      </p>
      {packets.map((packet) => (
        <CheckedOne key={packet.packet_id} packet={packet} onCover={onCover} />
      ))}
      {!is_whole && (
        <p className="failed">
          人数が多いため、はじめの{packets.length}
          人分だけを確認しました。残りは、分けて確認するか、送って確かめてください。
        </p>
      )}
    </>
  );
}

interface PacketProps {
  packet: CheckedPacket;
  /** a filled 送付票, and its path in the upload; absent where the papers join a packet that has a form of its own */
  onCover?: ((path: string, cover: Cover) => void) | undefined;
}

function CheckedOne({ packet, onCover }: PacketProps) {
  const words = useWords();
  const [isCoverOpen, setCoverOpen] = useState(false);
  const { cover } = packet;
  const asked = packet.findings.some(({ severity }) => severity !== 'info');
  return (
    <section aria-label={packet.packet} className="checked">
      <h3>
        {packet.packet} <StateBadge state={packet.state} />
      </h3>
      <p className="soft">
        {[
          `被保険者番号 ${masked(packet.insured_number)}`,
          `提供月 ${monthText(packet.service_month)}`,
          word(words.categories, packet.category, ''),
          `${packet.ledger.files}ファイル`,
        ]
          .filter(Boolean)
          .join('　')}
      </p>
      {packet.unread > 0 && (
        <p>
          文字を読み取れない書類（写真やスキャン）が{packet.unread}
          件あります。送ったあとに読み取り、もう一度審査します。
        </p>
      )}
      {packet.missing_documents.length > 0 && (
        <p>
          <strong>足りない書類：</strong>
          {packet.missing_documents.map((key) => word(words.documents, key)).join('、')}
        </p>
      )}
      {!asked && <p>直すことはありません。</p>}
      <Findings findings={packet.findings} />
      {onCover && cover && cover.questions.length > 0 && (
        <p>
          <Button onPress={() => setCoverOpen(true)}>{`送付票に書き足す（${packet.packet}）`}</Button>
        </p>
      )}
      {onCover && cover && isCoverOpen && (
        <CheckCoverDialog
          packet={packet.packet}
          form={cover}
          onFilled={(filled) => onCover(cover.path, filled)}
          onClose={() => setCoverOpen(false)}
        />
      )}
    </section>
  );
}
