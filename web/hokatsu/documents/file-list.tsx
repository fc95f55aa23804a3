import { shortName } from '../../../shared/findings/place-text.ts';
import { useWords } from '../../shared/api/session.ts';
import { word } from '../../shared/text/word.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import type { StoredFile } from './documents-query.ts';

interface Props {
  files: readonly StoredFile[];
  open: string | null;
  onOpen: (file: StoredFile, page: number) => void;
}

/** The documents of a packet by what they are; each opens at its first page. */
export function FileList({ files, open, onOpen }: Props) {
  return (
    <nav aria-label="書類" className="file-list">
      <ul>
        {files.map((file) => (
          <li key={file.file} className={file.file === open ? 'open' : ''}>
            <FileLine file={file} isOpen={file.file === open} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function FileLine({ file, isOpen, onOpen }: { file: StoredFile; isOpen: boolean; onOpen: Props['onOpen'] }) {
  const words = useWords();
  const name = shortName(file.path);
  const documents = file.documents.length > 0 ? file.documents : [null];
  return (
    <>
      {documents.map((document, i) => {
        const title = document
          ? word(words.documents, document.kind, document.title ?? '種類の分からない書類')
          : name;
        return (
          <button
            // A file of several documents: they follow one another.
            // biome-ignore lint/suspicious/noArrayIndexKey: their order is fixed
            key={i}
            type="button"
            aria-current={isOpen && i === 0}
            disabled={file.state === 'removed'}
            onClick={() => onOpen(file, document?.first_page ?? 1)}
          >
            {title}
            {document && document.pages > 0 && (
              <small>　{pagesText(document.first_page, document.pages)}</small>
            )}
            {document?.read_by === 'none' && <Badge tone="wait">目視が必要</Badge>}
            {document?.read_by === 'ocr' && <Badge tone="soft">画像から</Badge>}
          </button>
        );
      })}
      {file.documents.length > 0 && (
        <p className="file-name" title={file.path}>
          {name}
        </p>
      )}
      {file.reason && <p className="file-name">{file.reason}。</p>}
    </>
  );
}

function pagesText(first: number | null, pages: number): string {
  if (first === null) return `${pages}ページ`;
  return pages === 1 ? `${first}ページ` : `${first}〜${first + pages - 1}ページ`;
}
