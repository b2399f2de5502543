import { type Fields, isRecord, kindOf, parseJson } from '@facexformer/core/formats';
import { refuse } from './errors.js';
import { readWhole } from './read-whole.js';

/** An entry of a text file. */
export interface Entry {
  readonly fields: Fields;
  /** File and line, for messages. */
  readonly where: string;
}

/**
 * Every line of a file of JSON lines that is not blank; undefined where there is no such file.
 * @throws {FaceXFormerError} `NOT_FOUND` for a file that cannot be read, `BAD_OPTION`.
 */
export async function readLines(path: string): Promise<readonly Entry[] | undefined> {
  const bytes = await readWhole(path).catch(unlessMissing);
  return bytes && parseLines(String(bytes), path);
}

/** @throws what says anything else than that there is no such file. */
function unlessMissing(error: Error & { readonly cause?: { readonly code?: string } }): undefined {
  const { code } = error.cause ?? {};
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
}

/**
 * Every line of a text in JSON lines that is not blank.
 * @param path of the file, for messages
 * @throws {FaceXFormerError} `BAD_OPTION` when a line is not a JSON object.
 */
export const parseLines = (text: string, path: string): readonly Entry[] =>
  text.split('\n').flatMap((line, i): Entry[] => {
    const where = `${path} line ${i + 1}`;
    return line.trim() === '' ? [] : [{ fields: parseObject(line, where), where }];
  });

function parseObject(line: string, where: string): Fields {
  let json: unknown;
  try {
    json = parseJson(line);
  } catch (cause) {
    return refuse(where, 'broken JSON', cause);
  }
  return isRecord(json) ? json : refuse(where, `it must be a JSON object, not ${kindOf(json)}`);
}
