import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { enteredText, enteredValue, FactField } from '../../shared/facts/fact-field.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { packFiles } from '../send/pack-files.ts';
import { NO_EVENTS, sendFile } from '../send/send-file.ts';
import { type CoverForm, coverQuery, itemOf, withItem } from './cover-query.ts';
import { JoinAnswer } from './join-answer.tsx';
import type { Packet } from './packet-query.ts';

interface Props {
  id: string;
  packet: Packet;
  onClose: () => void;
}

/** 送付票 as a form: what the papers leave open is asked in words, and joins the packet. */
export function CoverDialog({ id, packet, onClose }: Props) {
  const [entered, setEntered] = useState<Record<string, string>>({});
  const form = useQuery(coverQuery(id));
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: async ({ questions, written }: CoverForm) => {
      const filled = questions.reduce<Record<string, unknown>>((cover, question) => {
        const text = entered[question.item];
        return text ? withItem(cover, question.item, enteredValue(question, text)) : cover;
      }, written);
      const file = new File([JSON.stringify(filled, null, 2)], 'packet.json');
      const what = { name: `${packet.verdict.packet}_送付票.zip`, joins: { packet_id: id, replaces: [] } };
      return sendFile(what, await packFiles([{ path: file.name, file }]), NO_EVENTS);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['packets'] }),
  });
  const isFilled = Object.values(entered).some((text) => text.trim() !== '');
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
            isDisabled={!isFilled || sending.isPending}
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
          {({ questions, written }) => (
            <>
              <p>
                書類から読み取れなかったことのうち、分かるものだけに答えてください。書類はもう一度送らなくてかまいません。答えを加えて、もう一度審査します。
              </p>
              <div className="form">
                {questions.map((question) => (
                  <FactField
                    key={question.item}
                    fact={question}
                    value={entered[question.item] ?? enteredText(itemOf(written, question.item))}
                    onChange={(text) => setEntered({ ...entered, [question.item]: text })}
                  />
                ))}
              </div>
              {sending.error && <Failed error={sending.error} />}
            </>
          )}
        </Loaded>
      )}
    </Dialog>
  );
}
