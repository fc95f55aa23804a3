import './documents.css';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { DeskError } from '../../shared/api/desk-error.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { CsvView } from './csv-view.tsx';
import { filesQuery, type StoredFile } from './documents-query.ts';
import { isSameMark, type Mark } from './evidence.ts';
import { fetchBytes } from './fetch-bytes.ts';
import { FileList } from './file-list.tsx';
import { PageView } from './page-view.tsx';

interface Props {
  packetId: string;
  /** places to frame on their pages */
  marks?: readonly Mark[];
  /** the place to open: a finding or a value was chosen */
  chosen?: Mark | null;
  /** what may be done with the file that is open, by its path */
  actionsOf?: (path: string) => ReactNode;
}

/**
 * The documents of a packet as they were sent: PDF, pictures and Office files by page, CSV as a table; `marks` are framed and `chosen` is
 * opened. Put it beside what is said about the documents.
 */
export function Documents({ packetId, marks = [], chosen = null, actionsOf = () => null }: Props) {
  const query = useQuery(filesQuery(packetId));
  return (
    <Loaded query={query}>
      {({ files }) =>
        files.length === 0 ? (
          <Empty>この書類一式には、開けるファイルがありません。</Empty>
        ) : (
          <OpenedDocuments {...{ packetId, files, marks, chosen, actionsOf }} />
        )
      }
    </Loaded>
  );
}

interface Opened {
  file: string;
  page: number;
}

function OpenedDocuments(props: Required<Props> & { files: StoredFile[] }) {
  const { packetId, files, marks, chosen, actionsOf } = props;
  const root = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<Opened | null>(() => firstOf(files));
  useEffect(() => {
    const file = chosen && files.find(({ path }) => path === chosen.where.file);
    if (!file) return;
    setOpened({ file: file.file, page: chosen.where.page ?? 1 });
    // On a narrow screen the words are below the documents.
    root.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen, files]);
  const file = files.find((one) => one.file === opened?.file);
  return (
    <div className="documents" ref={root}>
      <FileList
        files={files}
        open={opened?.file ?? null}
        onOpen={(one, page) => setOpened({ file: one.file, page })}
      />
      {file && opened && (
        <div className="opened">
          <FileView
            key={file.file}
            packetId={packetId}
            file={file}
            page={opened.page}
            onPage={(page) => setOpened({ file: file.file, page })}
            marks={marks}
            chosen={chosen?.where.file === file.path ? chosen : null}
          />
          {file.state === 'stored' && actionsOf(file.path)}
        </div>
      )}
    </div>
  );
}

/** A document a person looks at first: a plan or a form before the tables. */
function firstOf(files: StoredFile[]): Opened | null {
  const open = files.filter(({ state }) => state === 'stored');
  const first = open.find(({ media }) => media !== 'csv' && media !== 'other') ?? open[0] ?? files[0];
  if (!first) return null;
  return { file: first.file, page: first.documents[0]?.first_page ?? first.own_pages?.[0]?.from ?? 1 };
}

interface FileProps {
  packetId: string;
  file: StoredFile;
  page: number;
  onPage: (page: number) => void;
  marks: readonly Mark[];
  chosen: Mark | null;
}

function FileView({ packetId, file, page, onPage, marks, chosen }: FileProps) {
  if (file.state !== 'stored') return <Empty>このファイルは開けません（{file.reason}）。</Empty>;
  if (file.media === 'csv') return <CsvView packetId={packetId} file={file} chosen={chosen} />;
  if (file.media === 'other') return <Unshown packetId={packetId} file={file} />;
  const here = marks.filter(({ where }) => where.file === file.path && (where.page ?? 1) === page);
  const isHere = chosen && (chosen.where.page ?? 1) === page;
  const shown = isHere && !here.some((mark) => isSameMark(chosen, mark)) ? [...here, chosen] : here;
  return (
    <PageView
      packetId={packetId}
      file={file}
      page={page}
      onPage={onPage}
      marks={shown}
      chosen={isHere ? chosen : null}
    />
  );
}

/** A file no browser shows safely: it can be saved and opened with its own program. */
function Unshown({ packetId, file }: Pick<FileProps, 'packetId' | 'file'>) {
  const [failure, setFailure] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    try {
      const bytes = await fetchBytes({ packetId, file: file.file });
      saveAs(file.path.slice(file.path.lastIndexOf('/') + 1), bytes);
    } catch (error) {
      setFailure(error instanceof DeskError ? error.message : 'ファイルを保存できませんでした。');
    }
  };
  return (
    <Empty>
      <p>
        この種類のファイルは、この画面では表示できません。保存して、そのファイルを作ったソフトで開いてください。
      </p>
      <Button onPress={() => void save()}>ファイルを保存する</Button>
      {failure && <p role="alert">{failure}</p>}
    </Empty>
  );
}

function saveAs(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
