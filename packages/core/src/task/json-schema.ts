/** A JSON Schema (draft 2020-12) as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** An object with these properties and no others; those in `optional` may be absent. */
export const objectSchema = (
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

/** A list, of `count` items where that is known. */
export const listSchema = (items: JsonSchema, count?: number): JsonSchema => ({
  type: 'array',
  items,
  ...(count !== undefined && { minItems: count, maxItems: count }),
});

/** One of these texts. */
export const labelSchema = (labels: readonly string[]): JsonSchema => ({ enum: labels });

/** The same for each of these labels. */
export const recordSchema = (labels: readonly string[], each: JsonSchema): JsonSchema =>
  objectSchema(Object.fromEntries(labels.map((label) => [label, each])));

/** Any text. */
export const TEXT: JsonSchema = { type: 'string' };

/** Any number. */
export const NUMBER: JsonSchema = { type: 'number' };

/** 0 to 1. */
export const PROBABILITY: JsonSchema = { type: 'number', minimum: 0, maximum: 1 };

/** A number of cells. */
export const COUNT: JsonSchema = { type: 'integer', minimum: 1 };

/** A place in photo pixels. */
export const POINT: JsonSchema = objectSchema({ x: NUMBER, y: NUMBER });

/** A rectangle in photo pixels. */
export const BOX: JsonSchema = objectSchema({ x: NUMBER, y: NUMBER, width: NUMBER, height: NUMBER });

/** A crop: a rectangle in photo pixels, perhaps turned about its centre by degrees, clockwise. */
export const CROP: JsonSchema = objectSchema(
  {
    x: NUMBER,
    y: NUMBER,
    width: NUMBER,
    height: NUMBER,
    roll: { type: 'number', minimum: -180, maximum: 180 },
  },
  ['roll'],
);
