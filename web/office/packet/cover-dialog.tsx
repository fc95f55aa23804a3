import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { CoverFields } from '../cover/cover-fields.tsx';
import { type CoverForm, coverFile, type Entered, filledCover, isFilled } from '../cover/cover-items.ts';
import { packFiles } from '../send/pack-files.ts';
import { NO_EVENTS, sendFile } from '../send/send-file.ts';
import { coverQuery } from './cover-query.ts';
import { JoinAnswer } from './join-answer.tsx';
import type { Packet } from './packet-query.ts';

interface Props {
  id: string;
  packet: Packet;
  onClose: () => void;
}

/** 送付票 as a form: what the papers leave open is asked in words, and joins the packet. */
export function CoverDialog({ id, packet, onClose }: Props) {
  const [entered, setEntered] = useState<Entered>({});
  const form = useQuery(coverQuery(id));
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: async (form: CoverForm) => {
      const file = coverFile(filledCover(form, entered));
      const what = { name: `${packet.verdict.packet}_送付票.zip`, joins: { packet_id: id, replaces: [] } };
      return sendFile(what, await packFiles([{ path: file.name, file }]), NO_EVENTS);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['packets'] }),
  });
  return (
    <Dialog
      title="送付票に書き足す"
      isOpen
      onClose={onClose}
      actions={
        form.data &&
        !sending.data && (
          <Button
            kind="main"
            isDisabled={!isFilled(entered) || sending.isPending}
            onPress={() => sending.mutate(form.data)}
          >
            {sending.isPending ? '送信しています…' : 'この内容で送る'}
          </Button>
        )
      }
    >
      {sending.data ? (
        <JoinAnswer uploadId={sending.data} onClose={onClose} />
      ) : (
        <Loaded query={form}>
          {(data) => (
            <>
              <p>
                書類から読み取れなかったことのうち、分かるものだけに答えてください。書類はもう一度送らなくてかまいません。答えを加えて、もう一度審査します。
              </p>
              <CoverFields form={data} entered={entered} onChange={setEntered} />
              {sending.error && <Failed error={sending.error} />}
            </>
          )}
        </Loaded>
      )}
    </Dialog>
  );
}
