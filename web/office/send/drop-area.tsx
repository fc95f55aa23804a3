import { useRef, useState } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import { chosenFiles, type DroppedFile, droppedFiles } from './dropped-files.ts';

/** Where files and folders are dropped, or chosen. */
export function DropArea({ onFiles }: { onFiles: (files: DroppedFile[]) => void }) {
  const [isOver, setOver] = useState(false);
  const drop = (event: React.DragEvent) => {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer).then(onFiles);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside do the same by keyboard
    <div
      className={`drop ${isOver ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>
        <strong>書類をここに置いてください</strong>
      </p>
      <p className="soft">
        ZIP、フォルダー、PDF、CSV、写真のどれでも、いくつでも一度に送れます。お一人・ひと月ごとに、受付が分けます。
      </p>
      <div className="drop-buttons">
        <FileChooser label="ファイルを選ぶ" onFiles={onFiles} input={{ multiple: true }} />
        <FileChooser label="フォルダーを選ぶ" onFiles={onFiles} input={{ webkitdirectory: '' }} />
        <FileChooser
          label="写真を撮る"
          onFiles={onFiles}
          input={{ accept: 'image/*', capture: 'environment' }}
        />
      </div>
    </div>
  );
}

interface ChooserProps {
  label: string;
  onFiles: (files: DroppedFile[]) => void;
  input: React.InputHTMLAttributes<HTMLInputElement> & { webkitdirectory?: string };
}

function FileChooser({ label, onFiles, input }: ChooserProps) {
  const field = useRef<HTMLInputElement>(null);
  const choose = (event: React.ChangeEvent<HTMLInputElement>) => {
    const { files } = event.target;
    if (files) onFiles(chosenFiles(files));
    // The same file may be chosen again after it was corrected.
    event.target.value = '';
  };
  return (
    <>
      <input {...input} ref={field} type="file" hidden onChange={choose} aria-label={label} />
      <Button onPress={() => field.current?.click()}>{label}</Button>
    </>
  );
}
