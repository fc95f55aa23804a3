import { useState } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { CoverFields } from '../cover/cover-fields.tsx';
import { type Cover, type CoverForm, type Entered, filledCover, isFilled } from '../cover/cover-items.ts';

interface Props {
  packet: string;
  form: CoverForm;
  onFilled: (cover: Cover) => void;
  onClose: () => void;
}

/** 送付票 before the papers are sent: it joins them, and they are checked once more. */
export function CheckCoverDialog({ packet, form, onFilled, onClose }: Props) {
  const [entered, setEntered] = useState<Entered>({});
  const fill = () => {
    onFilled(filledCover(form, entered));
    onClose();
  };
  return (
    <Dialog
      title={`送付票に書き足す：${packet}`}
      isOpen
      onClose={onClose}
      actions={
        <Button kind="main" isDisabled={!isFilled(entered)} onPress={fill}>
          書類に添えて、もう一度確認する
        </Button>
      }
    >
      <p>
        書類から読み取れなかったことのうち、分かるものだけに答えてください。答えは送付票として書類に添えます。まだ送りません。
      </p>
      <CoverFields form={form} entered={entered} onChange={setEntered} />
    </Dialog>
  );
}
