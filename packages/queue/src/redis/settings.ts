import { isDeepStrictEqual } from 'node:util';
import { FaceXFormerError } from '@facexformer/core';
import { parseObject } from '@facexformer/core/formats';
import type { Redis } from 'ioredis';
import { keyOfSettings } from './names.js';

/** What the results of a photo depend on, beside the photo. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * Makes these the settings of a queue that has none yet.
 * @throws {FaceXFormerError} `BAD_OPTION` where it has others, or the key holds something else.
 */
export async function claimSettings(redis: Redis, queue: string, settings: Settings): Promise<void> {
  const own = JSON.stringify(settings);
  await redis.setnx(keyOfSettings(queue), own);
  const text = (await redis.get(keyOfSettings(queue))) ?? own;
  const earlier = parseObject(text);
  if (!earlier) {
    const message = `the key ${keyOfSettings(queue)} of Redis is not ours: name another queue`;
    throw new FaceXFormerError('BAD_OPTION', message, { details: { queue } });
  }
  const names = [...new Set([...Object.keys(earlier), ...Object.keys(settings)])];
  const mine = JSON.parse(own) as Settings;
  const changed = names.filter((name) => !isDeepStrictEqual(earlier[name], mine[name]));
  if (changed.length === 0) return;
  throw new FaceXFormerError(
    'BAD_OPTION',
    `the results of the queue "${queue}" were begun with another ${changed.join(', ')}: name another queue, or clear it`,
    { details: { queue, changed } },
  );
}
