import { constants } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startCloud } from './cloud.ts';
import { lengthsFile } from './damage/log-lengths.ts';
import { checkFormat, DataFolderError, FORMAT_FILE, hasRecords } from './data-folder.ts';
import { setEnvironment } from './environment.ts';
import { readTemplate } from './template.ts';

/**
 * Runs `work` with the environment of a copy of the data folder. The folder itself is only read, whether a desk runs on
 * it or not. Throws DataFolderError for a folder without records or with another format.
 */
export async function withFolderCopy(folder: string, work: () => Promise<void>): Promise<void> {
  if (!hasRecords(folder))
    throw new DataFolderError(
      `「${folder}」に受付の記録がありません。--data で記録の場所を指定してください。`,
    );
  checkFormat(folder);
  const copy = await mkdtemp(join(tmpdir(), 'uketsuke-replay-'));
  try {
    await copyRecords(folder, copy);
    const template = await readTemplate(copy);
    const cloud = await startCloud(template, copy);
    try {
      setEnvironment(template, cloud);
      await work();
    } finally {
      await cloud.stop();
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function copyRecords(folder: string, copy: string): Promise<void> {
  const names = await readdir(folder);
  // The template of the last start saves another synthesis.
  const templates = names.filter((name) => name.startsWith('template-'));
  // Before the tables: a desk that runs writes on, and the logs may be longer than their lengths, but not shorter.
  const lengths = names.filter((name) => name === basename(lengthsFile(join(folder, 'tables'))));
  // A link in the copy would lead the work of it to the folder itself.
  for (const part of [...lengths, 'tables', 'objects', FORMAT_FILE, ...templates])
    await cp(join(folder, part), join(copy, part), {
      recursive: true,
      dereference: true,
      mode: constants.COPYFILE_FICLONE,
    });
}
