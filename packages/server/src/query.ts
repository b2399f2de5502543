import { CallError } from './call-error.js';

/** What a call asks for beside its photo. */
export interface Question {
  /** The tasks to answer; all of them without. */
  readonly only?: readonly string[];
  /** The photo with the results drawn over it, instead of JSON. */
  readonly overlay: boolean;
}

/** The parameters as OpenAPI describes them. */
export const QUERY_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    tasks: {
      type: 'string',
      description: 'the tasks to answer, separated by commas; all of them without',
    },
    overlay: {
      type: 'string',
      enum: ['true', 'false'],
      default: 'false',
      description: 'answer with a PNG of the photo, the results drawn over it',
    },
  },
} as const;

/**
 * Reads the parameters of a call, as the framework parsed them.
 * @throws {CallError} `BAD_CALL` for one that is unknown, given twice, or has an impossible value.
 */
export function readQuery(query: unknown): Question {
  const given = Object.entries(query as Readonly<Record<string, unknown>>);
  const unknown = given.find(([name]) => !Object.hasOwn(QUERY_SCHEMA.properties, name));
  if (unknown) throw bad(`the parameters are tasks and overlay, and no other`);
  const twice = given.find(([, value]) => typeof value !== 'string');
  if (twice) throw bad(`the parameter ${twice[0]} is given more than once`);
  const { tasks, overlay = 'false' } = Object.fromEntries(given) as Readonly<Record<string, string>>;
  if (overlay !== 'true' && overlay !== 'false') throw bad('overlay must be true or false');
  const only = tasks?.split(',').map((name) => name.trim());
  if (only?.includes('')) throw bad('tasks must be names with commas between them, such as age,expression');
  return { overlay: overlay === 'true', ...(only && { only }) };
}

const bad = (message: string): CallError => new CallError('BAD_CALL', message);
