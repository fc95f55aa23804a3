import { useMutation } from '@tanstack/react-query';
import { saveFile } from '../api/save-file.ts';
import { Button } from './button.tsx';
import { Failed } from './states.tsx';

interface Props {
  children: string;
  /** asks the desk for the file */
  request: () => Promise<Response>;
  kind?: 'main' | 'normal';
}

/** Saves a file that the desk makes: a letter, a table. Keeps the focus meanwhile: a disabled button would lose it. */
export function SaveButton({ children, request, kind = 'normal' }: Props) {
  const { mutate, isPending, error } = useMutation({ mutationFn: () => saveFile(request()) });
  return (
    <>
      <Button kind={kind} isPending={isPending} onPress={() => mutate()}>
        {isPending ? '作っています…' : children}
      </Button>
      {error && <Failed error={error} />}
    </>
  );
}
