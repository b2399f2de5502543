/**
 * Whether hair stands for gender: accuracy of the task `gender` on celeba's val split, where the label is the attribute
 * Male and no face was trained on for `gender`, by how much hair the model's own parsing finds beside and below the face; and what it
 * says of the woman with short hair on fixtures/astronaut.png, in 24 boxes about hers.
 *
 * usage: node bench/hair.mjs FACES CHECKPOINT...
 */
import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { readFaces } from '@facexformer/data';
import { blazeFace } from '@facexformer/detector';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { gender, parsing } from '@facexformer/tasks';

const [folder, ...checkpoints] = process.argv.slice(2);
if (!folder || checkpoints.length === 0) throw new Error('usage: node bench/hair.mjs FACES CHECKPOINT...');
const celeba = (await readFaces(folder, 'val')).find(({ name }) => name === 'celeba');
const percent = (share) => `${(100 * share).toFixed(1)} %`;
const share = (items, test) => items.filter(test).length / items.length;

/** Share of hair in the lower half of the crop: what falls beside and below the face. */
function longHair({ rows, columns, labels, classes }) {
  const hair = classes.indexOf('hair');
  return share([...labels.subarray(Math.floor(rows / 2) * columns)], (label) => label === hair);
}

/** Boxes of six sizes in four places about a box. */
const boxesAbout = ({ x, y, width, height }) =>
  [0.8, 0.9, 1, 1.1, 1.2, 1.35].flatMap((size) =>
    [
      [0, 0],
      [0.05, 0],
      [0, 0.05],
      [-0.05, -0.05],
    ].map(([right, down]) => ({
      x: x + width * (0.5 + right - size / 2),
      y: y + height * (0.5 + down - size / 2),
      width: size * width,
      height: size * height,
    })),
  );

for (const path of checkpoints) {
  const analyzer = await createAnalyzer({
    runtime: nodeRuntime({ device: 'cpu' }),
    checkpoint: await openCheckpoint(await fileSource(path)),
    detector: blazeFace(),
    tasks: [gender(), parsing()],
  });
  const found = [];
  for await (const { image, groups } of celeba.samples()) {
    const [face] = await analyzer.analyze(image);
    if (!face) continue;
    const { gender: truth } = groups;
    found.push({ truth, right: face.gender.label === truth, hair: longHair(face.parsing) });
  }
  console.log(`${path}: ${found.length} faces, gender ${percent(share(found, ({ right }) => right))}`);
  for (const truth of ['female', 'male']) {
    const group = found.filter((face) => face.truth === truth).toSorted((a, b) => a.hair - b.hair);
    const third = Math.round(group.length / 3);
    const thirds = {
      least: group.slice(0, third),
      middle: group.slice(third, -third),
      most: group.slice(-third),
    };
    const cells = Object.entries(thirds).map(
      ([name, faces]) => `${name} hair ${percent(share(faces, ({ right }) => right))} of ${faces.length}`,
    );
    console.log(`  ${truth}: ${cells.join(', ')}`);
  }
  const photo = 'fixtures/astronaut.png';
  const [woman] = await analyzer.analyze(photo);
  const boxes = boxesAbout(woman.box);
  const women = (await analyzer.analyze(photo, { boxes })).filter(({ gender }) => gender.label === 'female');
  console.log(
    `  ${photo}: female ${percent(woman.gender.probabilities.female)}, ${women.length} of ${boxes.length} boxes`,
  );
  await analyzer.dispose();
}
