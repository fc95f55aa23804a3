import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Select } from '../../shared/ui/select.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { DropArea } from '../send/drop-area.tsx';
import type { DroppedFile } from '../send/dropped-files.ts';
import { packFiles } from '../send/pack-files.ts';
import { NO_EVENTS, sendFile } from '../send/send-file.ts';
import { baseName } from './documents.tsx';
import { JoinAnswer } from './join-answer.tsx';
import type { Packet } from './packet-query.ts';

interface Props {
  id: string;
  packet: Packet;
  onClose: () => void;
}

/** Files that join a packet: the missing one, or a better one in the place of another. */
export function AddFilesDialog({ id, packet, onClose }: Props) {
  const [files, setFiles] = useState<DroppedFile[]>([]);
  const [replaces, setReplaces] = useState<Record<string, string>>({});
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: async () => {
      const names = Object.values(replaces).filter((path) => path !== ADDED);
      const joins = { packet_id: id, replaces: names };
      const name = `${packet.verdict.packet}_補正.zip`;
      return sendFile({ name, joins }, await packFiles(files), NO_EVENTS);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['packets'] }),
  });
  return (
    <Dialog
      title="書類を追加・差し替える"
      isOpen
      onClose={onClose}
      actions={
        !sending.data && (
          <Button
            kind="main"
            isDisabled={files.length === 0 || sending.isPending}
            onPress={() => sending.mutate()}
          >
            {sending.isPending ? '送信しています…' : `${files.length}ファイルを送る`}
          </Button>
        )
      }
    >
      {sending.data ? (
        <JoinAnswer uploadId={sending.data} onClose={onClose} />
      ) : (
        <>
          <p>
            足りない書類や直した書類だけを入れてください。ほかの書類は、前に送ったものをそのまま使います。同じ名前のファイルは差し替えになります。
          </p>
          <DropArea onFiles={(more) => setFiles(withoutRepeats([...files, ...more]))} />
          {files.map(({ path }) => (
            <FileRow
              key={path}
              path={path}
              documents={documentsOf(packet)}
              value={replaces[path] ?? sameName(path, packet)}
              onChange={(to) => setReplaces({ ...replaces, [path]: to })}
              onRemove={() => setFiles(files.filter((one) => one.path !== path))}
            />
          ))}
          {sending.error && <Failed error={sending.error} onRetry={() => sending.mutate()} />}
        </>
      )}
    </Dialog>
  );
}

const ADDED = '';

const withoutRepeats = (files: DroppedFile[]): DroppedFile[] => [
  ...new Map(files.map((one) => [one.path, one])).values(),
];
const documentsOf = ({ verdict }: Packet): string[] => [
  ...new Set(verdict.documents.map(({ file }) => file)),
];
const sameName = (path: string, packet: Packet): string =>
  documentsOf(packet).find((file) => baseName(file) === baseName(path)) ?? ADDED;

interface FileRowProps {
  path: string;
  documents: string[];
  value: string;
  onChange: (to: string) => void;
  onRemove: () => void;
}

function FileRow({ path, documents, value, onChange, onRemove }: FileRowProps) {
  return (
    <div className="added-file">
      <Select
        label={path}
        options={[
          { value: 'added', label: '書類を追加する' },
          ...documents.map((file) => ({ value: file, label: `「${baseName(file)}」と差し替える` })),
        ]}
        value={value || 'added'}
        onChange={(to) => onChange(to === 'added' ? ADDED : to)}
      />
      <Button kind="plain" onPress={onRemove}>
        {path} をやめる
      </Button>
    </div>
  );
}
