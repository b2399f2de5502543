import { FaceXFormerError } from '../base/errors.js';
import { isRecord } from '../base/record.js';
import { COUNT, CROP, type JsonSchema, labelSchema, listSchema, objectSchema } from './json-schema.js';
import type { ClassMap } from './judge-segmentation.js';

/** How a task's result is written as JSON, where it is not JSON as it is. */
export interface ResultJson<Result = unknown> {
  /** Plain values; numbers are shortened afterwards. */
  write(result: Result): unknown;
  /** The result of what `write` gave. @throws {FaceXFormerError} `BAD_OPTION` for anything else. */
  read(json: unknown): Result;
}

/** Class maps as runs, `labels: { runs: [class, length, class, length, ...] }`, row by row from the top. */
export const classMapJson = <Map extends ClassMap>(): ResultJson<Map> => ({
  write: (map) => ({ ...map, labels: { runs: runsOf(map.labels) } }),
  read(json) {
    const { columns, rows, labels } = isRecord(json) ? json : {};
    const runs = isRecord(labels) ? labels.runs : undefined;
    const cells = Number(columns) * Number(rows);
    if (!Array.isArray(runs) || runs.reduce((sum, length, i) => sum + (i % 2) * length, 0) !== cells) {
      throw new FaceXFormerError('BAD_OPTION', `the runs of a class map must cover its ${cells} cells`);
    }
    return { ...(json as Map), labels: cellsOf(runs, cells) };
  },
});

/** What {@link classMapJson} writes of a map of these classes. */
export const classMapSchema = (classes: readonly string[]): JsonSchema =>
  objectSchema({
    crop: CROP,
    columns: COUNT,
    rows: COUNT,
    labels: objectSchema({
      runs: {
        ...listSchema({ type: 'integer', minimum: 0 }),
        description:
          'class, length, class, length, ... row by row from the top; a class is a place in `classes`',
      },
    }),
    classes: listSchema(labelSchema(classes), classes.length),
  });

function runsOf(labels: Uint8Array): readonly number[] {
  const runs: number[] = [];
  for (const label of labels) {
    if (runs.at(-2) === label) runs[runs.length - 1]! += 1;
    else runs.push(label, 1);
  }
  return runs;
}

function cellsOf(runs: readonly number[], cells: number): Uint8Array {
  const labels = new Uint8Array(cells);
  let start = 0;
  for (let i = 0; i < runs.length; i += 2) {
    const end = start + runs[i + 1]!;
    labels.fill(runs[i]!, start, end);
    start = end;
  }
  return labels;
}
