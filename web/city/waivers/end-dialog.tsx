import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { say } from '../../shared/ui/toasts.tsx';
import { endWaiver, type ListedWaiver, waiversQuery } from './waivers-queries.ts';

interface Props {
  city: string;
  waiver: ListedWaiver;
  onClose: () => void;
}

/** Ends a waiver today, with the reason. */
export function EndDialog({ city, waiver, onClose }: Props) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const ending = useMutation({
    mutationFn: () => endWaiver(city, waiver.id, reason),
    onSuccess: async () => {
      await queries.invalidateQueries(waiversQuery(city));
      say(`${waiver.rule} の免除を終えました。`);
      onClose();
    },
  });
  return (
    <Dialog
      title={`${waiver.rule} の免除を終える`}
      isOpen
      onClose={onClose}
      actions={
        <Button
          kind="main"
          isDisabled={reason.trim() === '' || ending.isPending}
          onPress={() => ending.mutate()}
        >
          今日で終える
        </Button>
      }
    >
      <p>明日から届く書類には、この規則が当てはまります。これまでに届いた書類の判定は変わりません。</p>
      <TextField label="終える理由" isRequired value={reason} onChange={setReason} />
      {ending.error && <Failed error={ending.error} />}
    </Dialog>
  );
}
