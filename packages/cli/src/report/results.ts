import { open, readFile, stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { FaceXFormerError } from '@facexformer/core';
import { parseObject } from '@facexformer/core/formats';
import { appendLines, type LineAppender, writeFile, writesThrough } from '@facexformer/files';

/** What the results of a photo depend on, beside the photo. */
export type Settings = Readonly<Record<string, unknown>>;

/** A file of JSON Lines, one for each photo. */
export interface Results extends LineAppender {
  /** Lines that an earlier run wrote, and how many of them say that a photo failed. */
  readonly before: { readonly photos: number; readonly failed: number };
  /** Whether the photo has a line of an earlier run. One named several times has to have as many. */
  take(photo: string): boolean;
}

const settingsPath = (path: string): string => `${path}.options.json`;

/** The files that results for a path go to: with settings beside them, where they are kept at all. */
export const resultPaths = async (path: string): Promise<readonly string[]> =>
  (await writesThrough(path)) ? [path] : [path, settingsPath(path)];

/** The beginning of a line. */
const HEAD = /^\{"photo":("(?:[^"\\]|\\.)*"),"(error)?/;

/**
 * Opens a file of results, or goes on with one; `<path>.options.json` keeps what they depend on.
 * @throws {FaceXFormerError} `BAD_OPTION` where there are results and `resume` is false, or other `settings` made
 *   them; `LOCKED`, `WRITE_FAILED`.
 */
export async function openResults(path: string, settings: Settings, resume: boolean): Promise<Results> {
  const isStream = await writesThrough(path);
  const size = isStream
    ? 0
    : await stat(path).then(
        (found) => found.size,
        () => 0,
      );
  if (size > 0) await checkResults(path, settings, resume); // before a line is touched
  const lines = await appendLines(path);
  try {
    const counts = new Map<string, number>();
    const before = { photos: 0, failed: 0 };
    if (!isStream) {
      for await (const { photo, failed } of readHeads(path)) {
        counts.set(photo, (counts.get(photo) ?? 0) + 1);
        before.photos += 1;
        if (failed) before.failed += 1;
      }
      if (before.photos > 0 && !resume) throw existing(path); // another process was faster
      if (before.photos === 0) await writeFile(settingsPath(path), `${JSON.stringify(settings)}\n`);
    }
    return {
      ...lines,
      before,
      take(photo) {
        const count = counts.get(photo) ?? 0;
        if (count > 0) counts.set(photo, count - 1);
        return count > 0;
      },
    };
  } catch (error) {
    await lines.close();
    throw error;
  }
}

async function checkResults(path: string, settings: Settings, resume: boolean): Promise<void> {
  if (!resume) throw existing(path);
  const text = await readFile(settingsPath(path), 'utf8').catch(() => '');
  const earlier = parseObject(text) ?? {};
  const changed = Object.keys(settings).filter((name) => !isDeepStrictEqual(earlier[name], settings[name]));
  if (changed.length === 0) return;
  throw new FaceXFormerError(
    'BAD_OPTION',
    `${path} was begun with another ${changed.join(', ')}, as ${settingsPath(path)} says: name another file`,
    { details: { path, changed } },
  );
}

const existing = (path: string): FaceXFormerError =>
  new FaceXFormerError('BAD_OPTION', `${path} holds results: go on with --resume, or name another file`, {
    details: { path },
  });

async function* readHeads(
  path: string,
): AsyncGenerator<{ readonly photo: string; readonly failed: boolean }> {
  await using file = await open(path);
  for await (const line of file.readLines({ autoClose: false })) {
    const [, name, failed] = HEAD.exec(line) ?? [];
    const photo = parseObject(`{"photo":${name}}`)?.photo;
    if (typeof photo !== 'string') {
      throw new FaceXFormerError('BAD_OPTION', `${path} holds a line that names no photo: name another file`);
    }
    yield { photo, failed: failed !== undefined };
  }
}
