import { refuse } from '../reading/errors.js';
import type { Entry } from '../reading/lines.js';

/**
 * Rows of a CSV file (RFC 4180: commas, double quotes) by the names in its first one.
 * @param path of the file, for messages
 * @throws {FaceXFormerError} `BAD_OPTION` for a quote that is not closed, or a row with too many fields.
 */
export function parseCsv(text: string, path: string): readonly Entry[] {
  const [header = [], ...rows] = rowsOf(text.replace(/^\uFEFF/, ''), path);
  return rows.map((values, i) => {
    const where = `${path} row ${i + 2}`;
    if (values.length > header.length) {
      refuse(where, `there are ${values.length} fields, the first row has ${header.length}`);
    }
    return { fields: Object.fromEntries(values.map((value, column) => [header[column]!, value])), where };
  });
}

function rowsOf(text: string, path: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const pattern = /([^",\r\n]*)(,|\r?\n|$)/y;
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    pattern.lastIndex = endOfQuotes(text, start);
    const quoted = text.slice(start + 1, pattern.lastIndex - 1).replaceAll('""', '"');
    const isQuoted = pattern.lastIndex > start;
    const match = pattern.exec(text);
    if (!match || (isQuoted && match[1] !== ''))
      refuse(`${path} row ${rows.length + 1}`, 'a quote is out of place');
    const [, plain = '', end] = match;
    row.push(isQuoted ? quoted : plain);
    if (end === ',' && pattern.lastIndex < text.length) continue;
    if (end === ',') row.push('');
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

/** Where the quotes that start at a place are closed, in any length of text; the place itself without any. */
function endOfQuotes(text: string, start: number): number {
  if (text[start] !== '"') return start;
  let at = start;
  do at = text.indexOf('"', at + 1) + 1;
  while (at > 0 && text[at] === '"');
  return at > 0 ? at : text.length + 1;
}
