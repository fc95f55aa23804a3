import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Failed } from '../ui/states.tsx';
import { say } from '../ui/toasts.tsx';
import { giveUpUpload } from './health-queries.ts';

/** Ends an upload that no retry ends, after the operator has read what follows. */
export function GiveUpDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const queries = useQueryClient();
  const ending = useMutation({
    mutationFn: () => giveUpUpload(id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['health-uploads'] });
      say(`${id} をもう一度だけ読み、読めなければ閉じます。`);
      onClose();
    },
  });
  return (
    <Dialog title={`${id} を閉じる`} isOpen onClose={onClose}>
      <p>
        もう一度だけ読み、読めなければ閉じます。送った人には、受付の故障で読み取れなくなったことと、もう一度送ってほしいことを通知します。
      </p>
      <p>バックアップから送付物を戻せるときは、先に戻して「やり直す」を押してください。</p>
      {ending.error && <Failed error={ending.error} />}
      <Button kind="main" isDisabled={ending.isPending} onPress={() => ending.mutate()}>
        閉じて、送った人に知らせる
      </Button>
    </Dialog>
  );
}
