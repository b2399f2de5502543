import { testImage } from '@facexformer/test-utils/portable-image';
import type { FaceXFormerError, Pixels, Size } from '../../src/index.js';
import { engine, open } from './engine.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const exactly = <_ extends true>(): void => undefined;

const analyzer = await open(engine());
const photos = [{ image: testImage(1, 8, 8), name: 'one' }];

for await (const { item, error, faces, size, pixels } of analyzer.analyzeMany(photos, { only: ['gender'] })) {
  exactly<Equal<typeof item, (typeof photos)[number]>>();
  if (error) {
    exactly<Equal<typeof error, FaceXFormerError>>();
    exactly<Equal<typeof faces, undefined>>();
  } else {
    exactly<Equal<typeof size, Size>>();
    exactly<Equal<typeof pixels, undefined>>();
    exactly<Equal<(typeof faces)[number]['gender'], readonly number[]>>();
    // @ts-expect-error left out by `only`
    faces[0]?.age;
  }
}
for await (const { error, pixels } of analyzer.analyzeMany(photos, { pixels: true })) {
  if (!error) exactly<Equal<typeof pixels, Pixels>>();
}
// @ts-expect-error not a photo of this runtime
analyzer.analyzeMany(['photo.jpg']);
// @ts-expect-error not a task
analyzer.analyzeMany(photos, { only: ['height'] });
