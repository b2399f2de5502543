import { createReadStream } from 'node:fs';
import { FaceXFormerError } from '@facexformer/core';

/** Characters of a line. Paths are shorter; what has no ends of lines is no list, and may have no end. */
const LONGEST = 2 ** 20;

/**
 * The lines of a list of photos, without the mark (BOM) that some editors put in front of a text.
 * @param path a file, or `-` for standard input
 * @throws {FaceXFormerError} `NOT_FOUND`, `BAD_OPTION` for what is no list of photos.
 */
export async function* listLines(path: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of path === '-' ? process.stdin : readable(path)) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r?\n/);
    rest = lines.pop()!;
    if (rest.length > LONGEST) {
      throw new FaceXFormerError(
        'BAD_OPTION',
        `the list ${path} has a line of more than ${LONGEST} characters: it takes a photo a line`,
      );
    }
    yield* lines;
  }
  if (rest !== '') yield rest;
}

async function* readable(path: string): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* createReadStream(path);
  } catch (cause) {
    throw new FaceXFormerError(
      'NOT_FOUND',
      `the list ${path} cannot be read: name a file with a photo a line`,
      { cause },
    );
  }
}
