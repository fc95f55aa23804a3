/** A file with its path below what was dropped or chosen: `山田/plan.pdf`, or `plan.pdf` alone. */
export interface DroppedFile {
  path: string;
  file: File;
}

/** Every file of a drop, also those in folders. Call it in the event: the browser forgets the items afterwards. */
export async function droppedFiles(transfer: DataTransfer): Promise<DroppedFile[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  const lists = await Promise.all(entries.map((entry) => filesIn(entry, '')));
  return lists.flat();
}

/** The files of an input, which may choose a folder. */
export const chosenFiles = (files: FileList): DroppedFile[] =>
  [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

async function filesIn(entry: FileSystemEntry, folder: string): Promise<DroppedFile[]> {
  const path = folder + entry.name;
  if (entry.isFile) return [{ path, file: await fileOf(entry as FileSystemFileEntry) }];
  const lists: DroppedFile[][] = [];
  for (const child of await entriesIn(entry as FileSystemDirectoryEntry))
    lists.push(await filesIn(child, `${path}/`));
  return lists.flat();
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** A reader gives a folder in parts, until one is empty. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return found;
    found.push(...part);
  }
}
