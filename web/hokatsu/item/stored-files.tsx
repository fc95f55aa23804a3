import { useState } from 'react';
import { Link } from 'react-router';
import type { Where } from '../../../shared/findings/finding.ts';
import { useWords } from '../../shared/api/session.ts';
import { word } from '../../shared/text/word.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { say } from '../../shared/ui/toasts.tsx';
import { type Detail, type Item, useAct } from './item-query.ts';

interface Props {
  detail: Detail;
  mayAct: boolean;
  /** the place a finding or a value was read from */
  place: Where | null;
}

/** The documents of the packet; one that may not be kept is removed here. */
export function StoredFiles({ detail: { item }, mayAct, place }: Props) {
  const [removed, setRemoved] = useState<Item['documents'][number] | null>(null);
  const words = useWords();
  return (
    <section aria-label="書類">
      <h2>書類</h2>
      <p>
        <Link to={`/hokatsu/documents/${item.about_packet ?? item.packet_id}`}>
          書類を開く（指摘と値の場所に印が付きます）
        </Link>
      </p>
      <ul className="papers">
        {item.documents.map((one) => (
          <li key={`${one.file} ${one.kind} ${one.pages}`} aria-current={place?.file === one.file}>
            {word(words.documents, one.kind, one.title ?? '種類の分からない書類')}
            <span className="soft">
              　{baseName(one.file)}
              {one.pages > 0 && `（${one.pages}ページ）`}
            </span>
            {mayAct && one.digest && !item.about_packet && (
              <Button kind="plain" onPress={() => setRemoved(one)}>
                個人番号があるので取り除く
              </Button>
            )}
          </li>
        ))}
      </ul>
      {removed && <RemoveFile id={item.packet_id} file={removed} onClose={() => setRemoved(null)} />}
    </section>
  );
}

/** Without the folder, which is the packet's. */
const baseName = (path: string): string => path.split('/').at(-1) ?? path;

interface RemoveProps {
  id: string;
  file: Item['documents'][number];
  onClose: () => void;
}

function RemoveFile({ id, file, onClose }: RemoveProps) {
  const act = useAct(id, 'removeFile');
  const remove = () =>
    act.mutate(
      { digest: file.digest ?? '' },
      {
        onSuccess: () => {
          say('ファイルを取り除いています。終わると、事業所に知らせます。');
          onClose();
        },
      },
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
      <p>書類一式は返戻になり、事業所に、個人番号を塗りつぶして出し直すよう知らせます。</p>
      {act.error && <Failed error={act.error} />}
    </Dialog>
  );
}
