/** Reads what processes have used so far, from `/proc` (Linux). */
import { readdir, readFile } from 'node:fs/promises';

/** `sysconf(_SC_CLK_TCK)`, which is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

interface ProcessTimes {
  parentPid: number;
  ownTicks: number;
  /** Of children that have ended. */
  buriedTicks: number;
}

/** CPU seconds of the process itself. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  return ((await timesOf(pid))?.ownTicks ?? 0) / TICKS_PER_SECOND;
}

/** CPU seconds of the process and all that descend from it, those that have ended included. */
export async function cpuSecondsOfTree(rootPid: number): Promise<number> {
  const all = new Map<number, ProcessTimes>();
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry);
    const times = pid > 0 ? await timesOf(pid) : null;
    if (times) all.set(pid, times);
  }
  let ticks = 0;
  for (const [pid, times] of all) {
    if (descendsFrom(pid, rootPid, all)) ticks += times.ownTicks + times.buriedTicks;
  }
  return ticks / TICKS_PER_SECOND;
}

/** The peak resident memory of the process, MiB. */
export async function peakResidentMiBOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

function descendsFrom(pid: number, rootPid: number, all: ReadonlyMap<number, ProcessTimes>): boolean {
  for (let current = pid; current > 1; current = all.get(current)?.parentPid ?? 0) {
    if (current === rootPid) return true;
  }
  return false;
}

async function timesOf(pid: number): Promise<ProcessTimes | null> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // The name, in parentheses, may hold spaces; fields are counted after it: state, parent, …
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user = 0, system = 0, buriedUser = 0, buriedSystem = 0] = fields.slice(11, 15);
  return { parentPid: fields[1] ?? 0, ownTicks: user + system, buriedTicks: buriedUser + buriedSystem };
}
