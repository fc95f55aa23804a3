import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Select } from '../../shared/ui/select.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { checkFile } from '../send/check-file.ts';
import { CheckedPackets } from '../send/checked-packets.tsx';
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
  const names = Object.values(replaces).filter((path) => path !== ADDED);
  const what = { name: `${packet.verdict.packet}_補正.zip`, joins: { packet_id: id, replaces: names } };
  const checking = useMutation({ mutationFn: async () => checkFile(what, await packFiles(files)) });
  const sending = useMutation({
    mutationFn: async () => sendFile(what, await packFiles(files), NO_EVENTS),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['packets'] }),
  });
  // What was checked is no longer what would be sent.
  const change = (to: DroppedFile[]): void => {
    checking.reset();
    setFiles(to);
  };
  const isBusy = sending.isPending || checking.isPending;
  return (
    <Dialog
      title="書類を追加・差し替える"
      isOpen
      onClose={onClose}
      actions={
        !sending.data && (
          <>
            <Button kind="main" isDisabled={files.length === 0 || isBusy} onPress={() => sending.mutate()}>
              {sending.isPending ? '送信しています…' : `${files.length}ファイルを送る`}
            </Button>
            <Button isDisabled={files.length === 0 || isBusy} onPress={() => checking.mutate()}>
              {checking.isPending ? '確認しています…' : '送らずに確認する'}
            </Button>
          </>
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
          <DropArea onFiles={(more) => change(withoutRepeats([...files, ...more]))} />
          {files.map(({ path }) => (
            <FileRow
              key={path}
              path={path}
              documents={documentsOf(packet)}
              value={replaces[path] ?? sameName(path, packet)}
              onChange={(to) => {
                checking.reset();
                setReplaces({ ...replaces, [path]: to });
              }}
              onRemove={() => change(files.filter((one) => one.path !== path))}
            />
          ))}
          {checking.data && <CheckedPackets checked={checking.data} />}
          {checking.error && <Failed error={checking.error} onRetry={() => checking.mutate()} />}
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
