import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';
import { LetterView } from '../../shared/letters/letter-view.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { SaveButton } from '../../shared/ui/save-button.tsx';

interface Props {
  /** of the packet, or of the upload for its receipt */
  id: string;
  title: string;
  onClose: () => void;
}

/** The notice of a packet or the receipt of an upload: as its PDF has it, to read and print. */
export function NoticeDialog({ id, title, onClose }: Props) {
  const query = useQuery({
    queryKey: ['notice', id],
    queryFn: () => answer(api.notices[':id'].$get({ param: { id }, query: {} })),
  });
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={() => window.print()}>印刷する</Button>
          <SaveButton request={() => api.notices[':id'].$get({ param: { id }, query: { format: 'pdf' } })}>
            PDFを保存する
          </SaveButton>
        </>
      }
    >
      <Loaded query={query}>{({ letter }) => <LetterView letter={letter} />}</Loaded>
    </Dialog>
  );
}
