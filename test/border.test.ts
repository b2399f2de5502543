/** The border of every package: whatever is passed, an error has a type, is short and names the way out. */
import * as core from '@facexformer/core';
import * as conformance from '@facexformer/core/conformance';
import * as draw from '@facexformer/core/draw';
import * as formats from '@facexformer/core/formats';
import * as image from '@facexformer/core/image';
import * as data from '@facexformer/data';
import * as detector from '@facexformer/detector';
import * as evaluation from '@facexformer/eval';
import * as node from '@facexformer/runtime-node';
import * as web from '@facexformer/runtime-web';
import * as tasks from '@facexformer/tasks';
import * as frozen from '@facexformer/train/frozen';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASE64, type Untyped, WRONG_CALLS } from './wrong-calls.ts';

const errorOf = async (call: () => unknown): Promise<unknown> => {
  try {
    return void (await call());
  } catch (error) {
    return error;
  }
};

describe('a wrong call', () => {
  it.each(WRONG_CALLS.map(([title, call, ...words]) => ({ title, call, words })))(
    '$title ends in a typed error that names the way out',
    async ({ call, words }) => {
      const error = await errorOf(call);
      expect(error).toBeInstanceOf(core.FaceXFormerError);
      const { message } = error as core.FaceXFormerError;
      expect(message.length).toBeLessThan(300);
      expect(message).not.toContain(BASE64.slice(0, 20));
      for (const word of words) expect(message).toContain(word);
    },
  );
});

/** Functions that take whatever there is, or that run for as long as they are asked. */
const TOTAL = new Set('FaceXFormerError isRecord kindOf parseJson parseObject serveRuntime'.split(' '));
/** Texts are paths to these, and the file system is not what is tried here. */
const PATHS = new Set(
  'fileSource urlSource readFaces readSet photosOfFolder photosOfTable labelsOfFolder'.split(' '),
);

const FUNCTIONS = Object.entries({
  conformance,
  core,
  data,
  detector,
  draw,
  evaluation,
  formats,
  frozen,
  image,
  node,
  tasks,
  web,
})
  .flatMap(([name, exported]) =>
    Object.entries(exported).map(
      ([member, value]) => [`${name}.${member}`, member, value as unknown] as const,
    ),
  )
  .filter(([, member, value]) => typeof value === 'function' && !TOTAL.has(member));

const isTyped = (error: unknown): boolean =>
  core.FaceXFormerError.isInstance(error) && error.message.length < 300;

describe('any value for any argument', () => {
  it.each(FUNCTIONS)('%s answers or ends in a typed error', async (_, member, value) => {
    const anything = fc.anything({
      withNullPrototype: true,
      withBigInt: true,
      withTypedArray: true,
      maxDepth: 2,
    });
    const argument = PATHS.has(member) ? anything.filter((one) => typeof one !== 'string') : anything;
    await fc.assert(
      fc.asyncProperty(fc.array(argument, { maxLength: 4 }), async (values) => {
        const error = await errorOf(async () => {
          const result = await (value as Untyped)(...values);
          const isLoop = typeof result === 'object' && result !== null && 'next' in result;
          return isLoop ? (result as AsyncIterator<unknown>).next() : result;
        });
        expect(error === undefined || isTyped(error)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});
