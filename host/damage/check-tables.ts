import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DataFolderError } from '../data-folder.ts';
import { checkLog } from './check-log.ts';
import { tableDamage } from './check-table.ts';
import { areLengthsUnreadable, lengthsFile, lostLogs } from './log-lengths.ts';
import { neededLog } from './needed-log.ts';
import { hasObjects } from './repair-objects.ts';
import type { DamagedFiles } from './set-aside.ts';

/** What only the tables hold: it cannot be made again from the uploads. */
const ONLY_IN_TABLES =
  '完結の日・保全・取り込んだ登録簿・確認の結果・閲覧の記録・個人を表す鍵は、表のほかにありません';
const RESTORE =
  'バックアップがあれば、npm run -s uketsuke -- restore --from バックアップ --data 新しいフォルダー で戻してください';
const ACCEPT = '--accept-loss';

/**
 * Checks the tables before they are opened: LevelDB makes missing tables anew, drops unreadable records and misses no log,
 * all without a word. Returns what the operator is to know, as sentences.
 * @param acceptLoss start without what is lost
 * @throws DataFolderError where something is lost and that was not accepted
 */
export function checkTables(
  folder: string,
  options: { hasObjects: boolean; acceptLoss: boolean },
  damaged: DamagedFiles,
): string[] {
  if (existsSync(join(folder, 'CURRENT'))) return checkRecords(folder, options.acceptLoss, damaged);
  // A first start that was killed before it made its tables has received nothing.
  const isLost =
    options.hasObjects ||
    existsSync(lengthsFile(folder)) ||
    (existsSync(folder) && readdirSync(folder).some((name) => /\.ldb$/.test(name)));
  if (!isLost) return [];
  if (!options.acceptLoss)
    throw new DataFolderError(
      `記録の表 (${folder}) がありません。${ONLY_IN_TABLES}。${RESTORE}。` +
        `失われたまま、残っている送付物をすべて判定し直して始めるときは ${ACCEPT} を付けてください。`,
    );
  moveAside(folder, damaged);
  return [
    `記録の表がないまま始めました。${ONLY_IN_TABLES}ので失われました。残っている送付物は判定し直します。登録簿をもう一度取り込んでください。`,
  ];
}

/** Files of the tables that cannot be read, with where. A record that a kill cut off is no damage: it is done again. */
export function damagedTables(folder: string): string[] {
  if (!existsSync(join(folder, 'CURRENT'))) return [`${folder} に CURRENT がありません`];
  if (neededLog(folder) === null) return [`${folder} の CURRENT が指す MANIFEST が読めません`];
  const unreadable = readdirSync(folder).flatMap((name) => {
    if (/\.ldb$/.test(name)) {
      const damage = tableDamage(readFileSync(join(folder, name)));
      return damage ? [`${name} ${damage}`] : [];
    }
    if (!/^(\d+\.log|MANIFEST-\d+)$/.test(name)) return [];
    const { unreadable } = checkLog(readFileSync(join(folder, name)));
    return unreadable > 0 ? [`${name} の ${unreadable} か所`] : [];
  });
  if (areLengthsUnreadable(folder)) unreadable.push(lengthsFile(folder));
  return [...unreadable, ...lostRecords(folder).values()];
}

/**
 * What is gone of the logs, in words, by their names. Where no lengths were recorded, tables that hold nothing beside stored
 * objects are lost.
 */
function lostRecords(folder: string): Map<string, string> {
  const lost = lostLogs(folder);
  if (existsSync(lengthsFile(folder))) return lost;
  const isEmpty = readdirSync(folder)
    .filter((name) => /\.(ldb|log)$/.test(name))
    .every((name) => statSync(join(folder, name)).size === 0);
  if (lost.size === 0 && isEmpty && hasObjects(join(dirname(folder), 'objects')))
    lost.set(folder, `${folder} に一件の記録もありません`);
  return lost;
}

function checkRecords(folder: string, acceptLoss: boolean, damaged: DamagedFiles): string[] {
  const told: string[] = [];
  const lost = lostRecords(folder);
  for (const name of readdirSync(folder).filter((one) => /\.ldb$/.test(one))) {
    const damage = tableDamage(readFileSync(join(folder, name)));
    if (damage) return beginAnew(folder, acceptLoss, damaged, `${name} ${damage}`);
  }
  for (const name of readdirSync(folder).filter((one) => /^(\d+\.log|MANIFEST-\d+)$/.test(one))) {
    const { unreadable, cutOff } = checkLog(readFileSync(join(folder, name)));
    if (unreadable > 0 && name.startsWith('MANIFEST'))
      return beginAnew(folder, acceptLoss, damaged, `${name} の ${unreadable} か所`);
    if (unreadable > 0 && !acceptLoss)
      throw new DataFolderError(
        `記録の表 (${join(folder, name)}) の ${unreadable} か所が読めません。このまま開くと、そこにある記録が黙って失われます。${RESTORE}。` +
          `失われたまま始めるときは ${ACCEPT} を付け、始まったら npm run -s uketsuke -- rebuild で足りないものを確かめてください。`,
      );
    if (unreadable > 0)
      told.push(
        `記録の表の ${unreadable} か所が読めず、そこにある記録は失われました。npm run -s uketsuke -- rebuild で足りないものを確かめてください。`,
      );
    if (cutOff > 0 && !lost.has(name))
      told.push(
        `記録の表の最後の記録が途中で切れていました（${name}、${cutOff} バイト）。停電などで書き終わらなかったもので、その仕事はやり直します。`,
      );
  }
  if (areLengthsUnreadable(folder))
    told.push(
      `記録の表の長さの控え (${lengthsFile(folder)}) が読めないので、表の終わりの記録が失われていないかを確かめられませんでした。npm run -s uketsuke -- rebuild で足りないものを確かめてください。`,
    );
  return [...told, ...acceptLost([...lost.values()].join('、'), folder, acceptLoss)];
}

/** Records that were written and are gone, though all that is left can be read. */
function acceptLost(what: string, folder: string, acceptLoss: boolean): string[] {
  if (!what) return [];
  if (!acceptLoss)
    throw new DataFolderError(
      `記録の表 (${folder}) に書いた記録が失われています（${what}）。ファイルが消えたか、途中で切れたか、古いものに替わっています。このまま開くと、そこにある記録が黙って失われます。${ONLY_IN_TABLES}。${RESTORE}。` +
        `失われたまま始めるときは ${ACCEPT} を付け、始まったら npm run -s uketsuke -- rebuild で足りないものを確かめてください。`,
    );
  return [
    `記録の表に書いた記録が失われたまま始めました（${what}）。${ONLY_IN_TABLES}ので、そこに書いたものは失われました。完結の日と保全を入れ直し、登録簿をもう一度取り込み、npm run -s uketsuke -- rebuild で足りないものを確かめてください。`,
  ];
}

/** With the lengths of its logs, which are not those of the tables that are made anew. */
function moveAside(folder: string, damaged: DamagedFiles): void {
  for (const path of [folder, lengthsFile(folder)]) if (existsSync(path)) damaged.add(path);
}

/** The tables cannot be opened. With `acceptLoss` they are moved aside. Throws DataFolderError otherwise. */
export function beginAnew(
  folder: string,
  acceptLoss: boolean,
  damaged: DamagedFiles,
  what: string,
): string[] {
  if (!acceptLoss)
    throw new DataFolderError(
      `記録の表 (${folder}) が壊れていて開けません（${what}）。${RESTORE}。バックアップがなければ、${ACCEPT} を付けると壊れた表を ${damaged.name} に移し、` +
        `残っている送付物をすべて判定し直して始めます。そのとき${ONLY_IN_TABLES}ので失われます。`,
    );
  moveAside(folder, damaged);
  return [
    `壊れた記録の表を ${damaged.name} に移しました。${ONLY_IN_TABLES}ので失われました。残っている送付物は判定し直します。登録簿をもう一度取り込んでください。`,
  ];
}
