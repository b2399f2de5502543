import { FaceXFormerError } from '@facexformer/core';
import { type Fields, isRecord, kindOf } from '@facexformer/core/formats';

/** An entry of a text file. */
export interface Entry {
  readonly fields: Fields;
  /** File and line, for messages. */
  readonly where: string;
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
    json = JSON.parse(line);
  } catch (cause) {
    throw new FaceXFormerError('BAD_OPTION', `${where} is broken JSON`, { cause });
  }
  if (isRecord(json)) return json;
  throw new FaceXFormerError('BAD_OPTION', `${where} must be a JSON object, not ${kindOf(json)}`);
}
