import { timeText } from '../../shared/text/dates.ts';
import type { PacketOfUpload } from './upload-query.ts';

/** The gravest finding, how to fix it, and how many more there are. A repeated packet names its first receipt besides. */
export function FirstFinding({ packet }: { packet: PacketOfUpload }) {
  const { first_finding: finding, findings } = packet;
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
