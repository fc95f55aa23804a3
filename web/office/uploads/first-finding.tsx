import { timeText } from '../../shared/text/dates.ts';
import type { PacketOfUpload } from './upload-query.ts';

/** A list of packets does not ask how far pictures are read. */
type Answered = Omit<PacketOfUpload, 'pictures'> & Partial<Pick<PacketOfUpload, 'pictures'>>;

/** The gravest finding, how to fix it, and how many more there are. A repeated packet names its first receipt besides. */
export function FirstFinding({ packet }: { packet: Answered }) {
  const { first_finding: finding, findings } = packet;
  // What the first decision says of an unread picture is not the office's to fix.
  if (packet.pictures) return 'すべての画像を読み取ってから、もう一度審査します。このままお待ちください。';
  const more = findings > 1 ? `（ほか${findings - 1}件）` : '';
  return (
    <>
      {packet.outcome === 'repeated' && (
        <p>
          受付済（{timeText(packet.received_at)}、最初の受付番号 {packet.receipt}）
        </p>
      )}
      {finding && finding.severity !== 'info' && (
        <>
          <p>
            {finding.message}
            {more}
          </p>
          <p className="soft">→ {finding.remedy}</p>
        </>
      )}
    </>
  );
}
