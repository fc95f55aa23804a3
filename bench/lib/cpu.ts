import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of CPU (user + system) that this process and its running children have used so far. Linux only. */
export function cpuWithChildren(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + cpuOfChildren();
}

/** Milliseconds of CPU of the running children of this process and of the children those waited for. */
function cpuOfChildren(): number {
  return childIds().reduce((sum, id) => sum + ticksOf(id, [11, 12, 13, 14]) * MS_PER_TICK, 0);
}

/** Milliseconds of CPU of children that ended and were waited for (`spawnSync`). */
export const cpuOfEnded = (): number => ticksOf('self', [13, 14]) * MS_PER_TICK;

const MS_PER_TICK = 1000 / Number(execFileSync('getconf', ['CLK_TCK']).toString());

const childIds = (): string[] =>
  readdirSync('/proc/self/task').flatMap((id) =>
    readFileSync(`/proc/self/task/${id}/children`, 'utf8').split(' ').filter(Boolean),
  );

/** Sum of fields of /proc/<id>/stat behind the name: utime 11, stime 12, and of waited-for children 13 and 14. */
function ticksOf(id: string, fields: number[]): number {
  const stat = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return fields.reduce((sum, field) => sum + Number(stat[field]), 0);
}
