import { useMutation } from '@tanstack/react-query';
import { DeskError, refusalText } from '../../shared/api/desk-error.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Failed } from '../../shared/ui/states.tsx';

type Answered = Pick<Response, 'ok' | 'status' | 'headers' | 'blob'>;

interface Props {
  /** what is saved, for screen readers */
  what: string;
  fetchCsv: () => Promise<Answered>;
}

/** Saves a table of the desk as a file for a spreadsheet. */
export function SaveCsv({ what, fetchCsv }: Props) {
  const saving = useMutation({ mutationFn: async () => saveFile(await fetchCsv()) });
  return (
    <>
      <Button
        aria-label={`${what}をCSVで保存する`}
        isDisabled={saving.isPending}
        onPress={() => saving.mutate()}
      >
        CSVで保存する
      </Button>
      {saving.error && <Failed error={saving.error} />}
    </>
  );
}

async function saveFile(response: Answered): Promise<void> {
  if (!response.ok) throw new DeskError(refusalText(response.status, undefined), response.status);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = nameOf(response.headers.get('content-disposition') ?? '');
  link.click();
  URL.revokeObjectURL(link.href);
}

const nameOf = (disposition: string): string => {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/.exec(disposition) ?? [];
  return encoded ? decodeURIComponent(encoded) : '受付.csv';
};
