import { FaceXFormerError } from '@facexformer/core';

/**
 * Lines of a CSV file (RFC 4180: commas, double quotes) as objects by the names in its first line.
 * @throws {FaceXFormerError} `BAD_OPTION` for a quote that is not closed, or a line with too many fields.
 */
export function parseCsv(text: string, name: string): readonly Readonly<Record<string, string>>[] {
  const [header, ...lines] = rowsOf(text.replace(/^\uFEFF/, ''), name);
  return lines.map((fields, i) => {
    if (fields.length > header!.length) {
      throw new FaceXFormerError(
        'BAD_OPTION',
        `${name}: row ${i + 2} has ${fields.length} fields, the first has ${header!.length}`,
      );
    }
    return Object.fromEntries(fields.map((field, column) => [header![column]!, field]));
  });
}

function rowsOf(text: string, name: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const pattern = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) {
      throw new FaceXFormerError('BAD_OPTION', `${name}: row ${rows.length + 1} has a quote out of place`);
    }
    const [, field = '', end] = match;
    row.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === ',' && pattern.lastIndex < text.length) continue;
    if (end === ',') row.push('');
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}
