import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Failed } from '../ui/states.tsx';
import { say } from '../ui/toasts.tsx';
import { giveUpUpload } from './health-queries.ts';

interface Props {
  id: string;
  onClose: () => void;
  /** the desk was asked to end it, and does so shortly */
  onAsked: () => void;
}

/** Ends an upload that no retry ends, after the operator has read what follows. */
export function GiveUpDialog({ id, onClose, onAsked }: Props) {
  const queries = useQueryClient();
  const ending = useMutation({
    mutationFn: () => giveUpUpload(id),
    onSuccess: () => {
      onAsked();
      say(`${id} をもう一度だけ読み、読めなければ閉じます。`);
      onClose();
    },
    // Refused, it has ended already: the list shows it as it is now.
    onSettled: () => queries.invalidateQueries({ queryKey: ['health-uploads'] }),
  });
  return (
    <Dialog
      title={`${id} を閉じる`}
      isOpen
      onClose={onClose}
      closeLabel="やめる"
      actions={
        <Button kind="danger" isPending={ending.isPending} onPress={() => ending.mutate()}>
          閉じて、送った人に知らせる
        </Button>
      }
    >
      <p>
        もう一度だけ読み、読めなければ閉じます。送った人には、受付の故障で読み取れなくなったことと、もう一度送ってほしいことを通知します。閉じると、元には戻せません。
      </p>
      <p>
        バックアップから送付物を戻せるときは、ここでは閉じずに、先に戻してから一覧の「やり直す」を押してください。
      </p>
      {ending.error && <Failed error={ending.error} />}
    </Dialog>
  );
}
