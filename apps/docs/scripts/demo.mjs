/** The demo photo and what the shipped model says of it, for the pages: pictures, and the answers as JSON. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { nodeRuntime, renderOverlay } from '@facexformer/runtime-node';
import { openFaceAnalyzer } from 'facexformer';

const docs = join(import.meta.dirname, '..');
const photo = join(docs, '../../fixtures/astronaut.png');
const sharp = createRequire(new URL('../../../packages/runtime-node/package.json', import.meta.url))('sharp');

/** Face and card, in pixels of a picture of 1024 x 1024. */
const VIEW = { left: 210, top: 0, width: 750, height: 500 };

/** Analyses the photo: `demo/before.webp`, `demo/all.webp`, a picture of each task, and `demo.json` beside the sources. */
export async function prepareDemo() {
  const pictures = join(docs, 'public/playground/demo');
  mkdirSync(pictures, { recursive: true });
  mkdirSync(join(docs, '.cache'), { recursive: true });
  const analyzer = await openFaceAnalyzer({ device: 'cpu' });
  const pixels = await nodeRuntime().decode(photo);
  const save = async (name, drawings) => {
    const png = await renderOverlay(pixels, drawings, { minSide: 1024 });
    await sharp(png)
      .extract(VIEW)
      .webp({ quality: 84 })
      .toFile(join(pictures, `${name}.webp`));
  };
  const faces = await analyzer.analyze(pixels);
  await save('before', []);
  await save('all', analyzer.draw(faces));
  for (const { name } of analyzer.tasks) {
    await save(name, analyzer.draw(await analyzer.analyze(pixels, { only: [name] })));
  }
  await analyzer.dispose();
  writeFileSync(join(docs, '.cache/demo.json'), JSON.stringify(faces));
}
