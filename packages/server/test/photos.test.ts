/** Real photos: the answers over HTTP are those of the analyzer. */
import { readFile } from 'node:fs/promises';
import { createAnalyzer, openCheckpoint, readFace } from '@facexformer/core';
import { miniModel } from '@facexformer/model-mini';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { age } from '@facexformer/task-age';
import { landmarks } from '@facexformer/task-landmarks';
import { fixturePath } from '@facexformer/test-utils/load';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServer, type FaceServer, serverMetrics } from '../src/index.js';

const tasks = [age(), landmarks()] as const;
const metrics = serverMetrics();
const open = async () =>
  createAnalyzer({
    runtime: nodeRuntime({ threads: 1, maxPixels: 512 * 512 }),
    checkpoint: await openCheckpoint(await fileSource(miniModel)),
    tasks,
    onStage: metrics.onStage,
  });
let analyzer: Awaited<ReturnType<typeof open>>;
let server: FaceServer;
let photo: Buffer;
beforeAll(async () => {
  photo = await readFile(fixturePath('astronaut.png'));
  analyzer = await open();
  server = await createServer({ analyzer, metrics });
}, 60_000);
afterAll(async () => {
  await server.close();
  await analyzer.dispose();
});

const post = (payload: Uint8Array, query = '') =>
  server.app.inject({
    method: 'POST',
    url: `/analyze${query}`,
    headers: { 'content-type': 'image/png' },
    payload: Buffer.from(payload),
  });

it('answers as the analyzer does, many calls at the same time', async () => {
  const [face] = await analyzer.analyze(photo);
  const expected = JSON.parse(JSON.stringify([face]));
  const answers = await Promise.all(Array.from({ length: 6 }, () => post(photo)));
  for (const answer of answers) expect(answer.json().faces).toEqual(expected);
  expect(readFace(answers[0]!.json().faces[0], tasks).age.years).toBeCloseTo(face!.age.years, 3);
  const text = await metrics.text();
  for (const stage of ['decode', 'network', 'answers']) {
    expect(text).toContain(`facexformer_stage_seconds_count{stage="${stage}"}`);
  }
});

it('answers what its description says', async () => {
  const { paths } = (await server.app.inject({ url: '/openapi.json' })).json();
  const { schema } = paths['/analyze'].post.responses[200].content['application/json'];
  const validate = new Ajv2020({ strict: false }).compile(schema);
  expect(validate((await post(photo)).json()), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...(await post(photo)).json(), faces: [{ box: {}, score: 1, crop: {} }] })).toBe(false);
});

it('answers the tasks that are asked for', async () => {
  const { faces } = (await post(photo, '?tasks=age')).json();
  expect(Object.keys(faces[0])).toEqual(['box', 'score', 'crop', 'age']);
  expect((await post(photo, '?tasks=nose')).json().error.code).toBe('UNKNOWN_TASK');
});

it('refuses what cannot be decoded', async () => {
  const codes = await Promise.all(
    [photo.subarray(0, 30_000), Buffer.from('<svg/>'), Buffer.alloc(0)].map(async (bytes) => {
      const { statusCode, body } = await post(bytes);
      return [statusCode, JSON.parse(body).error.code];
    }),
  );
  expect(codes).toEqual(new Array(3).fill([422, 'BAD_IMAGE']));
});
