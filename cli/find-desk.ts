import { readDeskFile } from '../host/desk-file.ts';
import { DeskClient, DeskError, type Patience } from './desk-client.ts';
import { dataFolder } from './start.ts';

/** The desk the user means: the one named by --url, or the one that runs on this folder. */
export function findDesk(
  url: string | undefined,
  folder: string | undefined,
  patience?: Partial<Patience>,
): DeskClient {
  if (url) return new DeskClient(url, patience);
  const desk = readDeskFile(dataFolder(folder));
  if (!desk)
    throw new DeskError(
      '動いている受付が見つかりません。npm start で動かすか、--url で場所を指定してください。',
    );
  return new DeskClient(desk.url, patience);
}
