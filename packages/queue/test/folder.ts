import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** A folder for each test, empty at first. */
export function useFolder(): { (name?: string): string; names(): readonly string[] } {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'queue-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return Object.assign((name = '') => join(folder, name), {
    /** Everything in it, hidden names as well. */
    names: () => readdirSync(folder, { recursive: true }).map(String).sort(),
  });
}
