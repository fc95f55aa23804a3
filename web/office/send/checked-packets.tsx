import { useWords } from '../../shared/api/session.ts';
import { Findings } from '../../shared/findings/findings.tsx';
import { monthText } from '../../shared/text/dates.ts';
import { masked } from '../../shared/text/masked.ts';
import { word } from '../../shared/text/word.ts';
import { StateBadge } from '../packets/state-badge.tsx';
import type { Checked, CheckedPacket } from './check-file.ts';

/** What would be decided of the papers, packet by packet, as a verdict reads. */
export function CheckedPackets({ checked }: { checked: Checked }) {
  const { packets, is_whole } = checked;
  return (
    <>
      <p role="status">
        <strong>確認だけをしました。まだ送っていません。</strong>
        書類も結果も保管していません。
      </p>
      {packets.map((packet) => (
        <CheckedOne key={packet.packet_id} packet={packet} />
      ))}
      {!is_whole && (
        <p className="failed">
          多いため、はじめの{packets.length}
          人分だけを確認しました。残りは、分けて確認するか、送って確かめてください。
        </p>
      )}
    </>
  );
}

function CheckedOne({ packet }: { packet: CheckedPacket }) {
  const words = useWords();
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
    </section>
  );
}
