import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** The process that made a lock or a temporary file, as its name tells. */
export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in clock ticks since the machine did; empty where the system does not tell. */
  readonly started: string;
}

const HOST = encodeURIComponent(hostname());

/** A file name that no other call on any machine makes: `<pid>-<started>-<random>-<host>`. */
export async function ownName(): Promise<string> {
  return `${process.pid}-${await startOf(process.pid)}-${randomBytes(6).toString('hex')}-${HOST}`;
}

/** The owner in a name of `ownName`; undefined for any other name. */
export function ownerOf(name: string): Owner | undefined {
  const [, pid, started, host] = /^([1-9]\d*)-(\d*)-[0-9a-f]{12}-([\w.%~!*'()-]+)$/.exec(name) ?? [];
  if (pid === undefined || started === undefined || host === undefined) return undefined;
  return { pid: Number(pid), started, host };
}

/** False only if that process certainly runs no more; one of another machine may. */
export async function mayRun({ pid, started, host }: Owner): Promise<boolean> {
  if (host !== HOST) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  const now = await startOf(pid);
  return started === '' || now === '' || now === started; // otherwise its number was given to another process
}

/** Linux alone tells it in a file: the 22nd field, the 20th after the name, which may hold blanks and brackets. */
async function startOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
