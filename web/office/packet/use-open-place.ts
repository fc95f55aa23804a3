import { useQueryClient } from '@tanstack/react-query';
import type { Where } from '../../../shared/findings/finding.ts';
import { api } from '../../shared/api/api.ts';
import { fileOf } from '../../shared/api/save-file.ts';
import { shownPage } from '../../shared/findings/own-pages.ts';
import { say } from '../../shared/ui/toasts.tsx';
import { filesQuery, type StoredFile } from './packet-query.ts';

/** Opens the document of a finding in a window of its own, at its page. */
export function useOpenPlace(id: string): (where: Where) => void {
  const queries = useQueryClient();
  return (where) => {
    // Opened in the press itself: later the browser would block it.
    const view = window.open('', '_blank');
    void queries
      .fetchQuery(filesQuery(id))
      .then(({ files }) => openFile(id, files, where, view))
      .catch(() => {
        view?.close();
        say('この書類は開けませんでした。保管されていないか、読み出せません。');
      });
  };
}

async function openFile(id: string, files: StoredFile[], where: Where, view: Window | null): Promise<void> {
  const stored = files.find(({ path }) => where.file === path || where.file?.startsWith(`${path}（`));
  if (stored?.state !== 'stored') throw new Error('not stored');
  const param = { id, file: stored.file };
  const file = await fileOf(api.packets[':id'].files[':file'].$get({ param, query: {} }));
  const url = URL.createObjectURL(file);
  if (view) view.location.href = where.page ? `${url}#page=${shownPage(stored.own_pages, where.page)}` : url;
}
