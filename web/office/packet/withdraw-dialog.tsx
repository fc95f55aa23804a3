import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../shared/api/api.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { say } from '../../shared/ui/toasts.tsx';

/** 取下げ with its reason. */
export function WithdrawDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => answer(api.packets[':id'].withdraw.$post({ param: { id }, json: { reason } })),
    onSuccess: async ({ state }) => {
      await queries.invalidateQueries();
      say(
        state === 'asked'
          ? '確認が始まっているため、担当の地域包括支援センターに取下げを申し出ました。'
          : '取り下げました。',
      );
      onClose();
    },
  });
  return (
    <Dialog
      title="この提出を取り下げる"
      isOpen
      onClose={onClose}
      actions={
        <Button kind="danger" isDisabled={isPending || reason.trim() === ''} onPress={() => mutate()}>
          取り下げる
        </Button>
      }
    >
      <p>
        この利用者・この月の提出を取り下げます。審査の対象から外れ、件数や期限にも数えません。元には戻せないため、もう一度出すときは、直した書類を新しく送ってください。
      </p>
      <p>
        地域包括支援センターの担当者が確認を始めているときは、取下げの申出として届き、担当者が認めると取り下げられます。
      </p>
      <TextField
        label="取り下げる理由"
        isRequired
        rows={3}
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
      {error && <Failed error={error} />}
    </Dialog>
  );
}
