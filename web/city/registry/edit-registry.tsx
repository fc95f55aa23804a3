import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { stringify } from 'yaml';
import { Button } from '../../shared/ui/button.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { say } from '../../shared/ui/toasts.tsx';
import { ChangeTable } from './change-table.tsx';
import { importRegistry, previewRegistry, registryFromTable } from './registry-queries.ts';
import './registry.css';

interface Props {
  city: string;
  /** the registry as YAML */
  initial: string;
  onClose: () => void;
}

/** The registry as text, or out of a file; what it changes is shown first, and only then imported. */
export function EditRegistry({ city, initial, onClose }: Props) {
  const queries = useQueryClient();
  const [yaml, setYaml] = useState(initial);
  const preview = useMutation({ mutationFn: () => previewRegistry(city, yaml) });
  const importing = useMutation({
    mutationFn: () => importRegistry(city, yaml, preview.data?.over ?? null),
    onSuccess: async () => {
      await queries.invalidateQueries();
      say('登録簿を取り込みました。これから届く書類に使います。');
      onClose();
    },
  });
  const edit = (text: string) => {
    setYaml(text);
    preview.reset();
  };
  const reading = useMutation({
    mutationFn: async (file: File) => {
      const text = decode(await file.arrayBuffer());
      return /\.csv$/i.test(file.name) ? stringify(await registryFromTable(city, text)) : text;
    },
    onSuccess: edit,
  });
  const changes = preview.data?.changes;
  return (
    <div className="edit-registry">
      <p>
        登録簿のファイル（YAML）か、圏域・センター・事業所の表（CSV）を選ぶか、下の欄を直してください。「変わるところを見る」で変わるところを確かめ、「この内容で取り込む」を押すまでは何も変わりません。
      </p>
      <div className="row">
        <FileTrigger
          acceptedFileTypes={['.yaml', '.yml', '.json', '.csv']}
          onSelect={async (files) => {
            const file = files?.item(0);
            if (file) reading.mutate(file);
          }}
        >
          <Button>ファイルを選ぶ</Button>
        </FileTrigger>
        <Button kind="plain" onPress={onClose}>
          直さずに戻る
        </Button>
      </div>
      {reading.error && <Failed error={reading.error} />}
      <div className="registry-text">
        <TextField label="登録簿" rows={20} value={yaml} onChange={edit} />
      </div>
      <Button kind="main" isDisabled={preview.isPending} onPress={() => preview.mutate()}>
        変わるところを見る
      </Button>
      {preview.error && <Failed error={preview.error} />}
      {changes && (
        <section aria-live="polite">
          <h2>変わるところ（{changes.length}件）</h2>
          {changes.length === 0 ? <p>いまの登録簿と同じです。</p> : <ChangeTable changes={changes} />}
          {importing.error && <Failed error={importing.error} />}
          {changes.length > 0 && (
            <Button kind="main" isDisabled={importing.isPending} onPress={() => importing.mutate()}>
              この内容で取り込む
            </Button>
          )}
        </section>
      )}
    </div>
  );
}

/** A spreadsheet of Japan saves in Shift_JIS unless it is told otherwise. */
function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('shift_jis').decode(bytes);
  }
}
