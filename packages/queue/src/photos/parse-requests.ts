import { FaceXFormerError } from '@facexformer/core';
import { ANY_TEXT, demand, kind } from '@facexformer/core/arguments';
import { parseObject } from '@facexformer/core/formats';
import type { PhotoRequest } from './photo-request.js';

/** A check of arguments; a text is iterable too, and it is not a list. */
export const REQUESTS = kind(
  'an iterable, such as a list or a generator',
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    (Symbol.asyncIterator in value || Symbol.iterator in value),
);

/**
 * Requests of a list: a line is a path, an address, or JSON `{ "photo", "id"?, "tasks"? }`. Empty lines are left out.
 * @throws {FaceXFormerError} `BAD_OPTION` naming the line; those before it have been given by then.
 */
export async function* parseRequests(
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<PhotoRequest, void, undefined> {
  demand(lines, REQUESTS, 'parseRequests: lines');
  let number = 0;
  for await (const line of lines) {
    number += 1;
    demand(line, ANY_TEXT, 'parseRequests: a line');
    if (line.startsWith('{')) yield parseLine(line, number);
    else if (line.trim() !== '') yield { photo: line };
  }
}

function parseLine(line: string, number: number): PhotoRequest {
  const value = parseObject(line);
  if (!value) throw bad(number, 'starts with { and is not JSON');
  const { photo, id, tasks, ...others } = value;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw bad(number, `has a field "${other.slice(0, 40)}"; known are photo, id and tasks`);
  if (typeof photo !== 'string') throw bad(number, 'lacks the text "photo"');
  if (id !== undefined && typeof id !== 'string' && !Number.isFinite(id))
    throw bad(number, 'has an id that is neither a text nor a number');
  if (tasks !== undefined && !isTexts(tasks)) throw bad(number, 'has tasks that are no list of names');
  return { photo, id: id as string | number | undefined, tasks };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');

const bad = (number: number, what: string): FaceXFormerError =>
  new FaceXFormerError('BAD_OPTION', `line ${number} of the list ${what}`, {
    details: { line: number },
  });
