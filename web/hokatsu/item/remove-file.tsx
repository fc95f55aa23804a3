import { useState } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { type Item, useAct } from './item-query.ts';

/** Removes the file that is open, where it carries a 個人番号. */
export function RemoveFile({ item, path }: { item: Item; path: string }) {
  const [isAsked, setAsked] = useState(false);
  const file = item.documents.find((one) => one.file === path);
  if (!file?.digest) return null;
  return (
    <>
      <Button kind="plain" onPress={() => setAsked(true)}>
        このファイルに個人番号があるので取り除く
      </Button>
      {isAsked && <RemoveDialog id={item.packet_id} file={file} onClose={() => setAsked(false)} />}
    </>
  );
}

interface RemoveProps {
  id: string;
  file: Item['documents'][number];
  onClose: () => void;
}

function RemoveDialog({ id, file, onClose }: RemoveProps) {
  const act = useAct(id, 'removeFile');
  const remove = () =>
    act.mutate(
      {
        json: { digest: file.digest ?? '' },
        done: 'ファイルを取り除いています。終わると、事業所に知らせます。',
      },
      { onSuccess: onClose },
    );
  return (
    <Dialog
      title="ファイルを取り除く"
      isOpen
      onClose={onClose}
      actions={
        <Button kind="danger" isDisabled={act.isPending} onPress={remove}>
          取り除く
        </Button>
      }
    >
      <p>
        「{file.file}」を、送られた ZIP
        から取り除きます。元に戻せません。個人番号（マイナンバー）が書かれているときだけ行ってください。
      </p>
      <p>書類一式は返戻になります。事業所には、個人番号を塗りつぶして出し直すよう知らせます。</p>
      {act.error && <Failed error={act.error} />}
    </Dialog>
  );
}
