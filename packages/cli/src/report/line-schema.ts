import { faceSchema } from '@facexformer/core';
import { COUNT, type JsonSchema, listSchema, objectSchema, TEXT } from '@facexformer/core/task';
import { allTasks } from '@facexformer/tasks';

const FAILED = objectSchema({ photo: TEXT, error: objectSchema({ code: TEXT, message: TEXT }) });

const ANALYZED = objectSchema({
  photo: TEXT,
  width: COUNT,
  height: COUNT,
  model: objectSchema({ name: TEXT, trained: { type: 'boolean' } }),
  device: TEXT,
  faces: listSchema({ $ref: '#/$defs/face' }),
});

/** The JSON Schema of a line of `facexformer analyze`; published as `line.schema.json`. */
export const LINE_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A line of facexformer analyze',
  oneOf: [
    { ...ANALYZED, title: 'A photo that was analysed' },
    { ...FAILED, title: 'A photo that failed' },
  ],
  $defs: { face: faceSchema(allTasks()) },
};
