import { join } from 'node:path';
import { DataFolderError, FORMAT_FILE } from '../data-folder.ts';
import { tryTables } from '../emulators/table-folder.ts';
import { beginAnew, checkTables } from './check-tables.ts';
import { isUnreachable } from './explain-disk-error.ts';
import { requireHandles, requireOpenable } from './look-into.ts';
import { brokenObjects, checkObjects, hasObjects, repairObjects } from './repair-objects.ts';
import { repairQueues, requireOpenableQueues } from './repair-queues.ts';
import { DamagedFiles } from './set-aside.ts';

/**
 * Makes a data folder one that the stores can start with, without losing anything silently. Returns what was repaired
 * or lost, as sentences for the operator.
 * @param acceptLoss start without records that cannot be read
 * @throws DataFolderError where records are lost and that was not accepted; errors of the system where files cannot be
 * opened, before anything is moved: see explain-disk-error.ts
 */
export async function repairFolder(folder: string, acceptLoss: boolean): Promise<string[]> {
  const damaged = new DamagedFiles(folder);
  const [tables, objects] = [join(folder, 'tables'), join(folder, 'objects')];
  const queues = join(folder, 'queues');
  requireHandles(join(folder, FORMAT_FILE));
  requireOpenable(tables);
  requireOpenableQueues(queues);
  const broken = brokenObjects(objects);
  const checked = checkTables(tables, { hasObjects: hasObjects(objects), acceptLoss }, damaged);
  const fault = await faultOf(tables);
  const told = fault ? beginAnew(tables, acceptLoss, damaged, fault) : checked;
  told.push(...checkObjects(objects, tables));
  told.push(...repairObjects(objects, broken, damaged), ...repairQueues(queues, damaged));
  return told;
}

/** Why the tables cannot be opened; null: they can. */
async function faultOf(tables: string): Promise<string | null> {
  try {
    await tryTables(tables);
    return null;
  } catch (error) {
    const { code } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    if (isUnreachable(error)) throw error;
    if (code === 'LEVEL_LOCKED')
      throw new DataFolderError(
        `記録の表 (${tables}) は、ほかの受付が使っています。そちらを止めてから、もう一度始めてください。`,
      );
    if (!code?.startsWith('LEVEL_')) throw error;
    return FAULTS[code] ?? code;
  }
}

/** Codes of LevelDB in words. */
const FAULTS: Record<string, string> = {
  LEVEL_CORRUPTION: '中身が書いたときと違う',
  LEVEL_IO_ERROR: '必要なファイルがない',
};
