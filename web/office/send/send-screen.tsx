import './send.css';
import { Screen } from '../../shared/frame/screen.tsx';
import { DropArea } from './drop-area.tsx';
import type { DroppedFile } from './dropped-files.ts';
import { planUploads } from './plan-uploads.ts';
import { SendingCard } from './sending-card.tsx';
import { startSending, useSendings } from './sendings.ts';

/** 送る: a month's packets, dropped in any form; each upload with its state until every packet has its answer. */
export function SendScreen() {
  const sendings = useSendings();
  const send = (files: DroppedFile[]) => startSending(planUploads(files));
  return (
    <Screen title="書類を送る">
      <DropArea onFiles={send} />
      <section aria-label="送った書類">
        {sendings.map((sending) => (
          <SendingCard key={sending.id} sending={sending} />
        ))}
      </section>
    </Screen>
  );
}
