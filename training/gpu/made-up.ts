import { writeFile } from '@facexformer/files';
import { random } from '@facexformer/statistics';
import { recognition } from '@facexformer/task-recognition';
import { allTasks } from '@facexformer/tasks';
import { TILE_VERSION, type TileIndex } from '../../packages/train/src/whole/tiles/tile-index.js';

const SIDE = 80;
const EXPRESSIONS = ['neutral', 'happy', 'sad'];

/** Prepared tiles of made-up faces that have every label, for rehearsals without photos: soft colours and a mask. */
export async function writeMadeUpFaces(cache: string, sets: readonly string[], count: number): Promise<void> {
  const tasks = [...allTasks(), recognition()].map(({ name }) => name);
  for (const [place, set] of sets.entries()) {
    const bytes = Array.from({ length: count }, (_, face) => tileOf(random(place, face)));
    const faces = bytes.map((_, face) => ({
      image: `${face}`,
      weights: {},
      labels: labelsOf(random(face, place)),
    }));
    const index: TileIndex = { version: TILE_VERSION, tasks, side: SIDE, dense: ['parsing'], faces };
    await writeFile(`${cache}/${set}-train.bin`, bytes);
    await writeFile(`${cache}/${set}-train.json`, JSON.stringify(index));
  }
}

/** RGB [side, side, 3], then the mask. */
function tileOf(draw: () => number): Uint8Array {
  const tile = new Uint8Array(SIDE * SIDE * 4);
  const waves = [0, 1, 2].map(() => [6 * draw(), 6 * draw(), 6 * draw()] as const);
  for (let i = 0; i < SIDE * SIDE; i += 1) {
    const [x, y] = [(i % SIDE) / SIDE, Math.floor(i / SIDE) / SIDE];
    waves.forEach(([across, down, start], c) => {
      tile[3 * i + c] = 128 + 100 * Math.sin(start + across * x + down * y);
    });
    tile[3 * SIDE * SIDE + i] = Math.floor(10 * x * y);
  }
  return tile;
}

function labelsOf(draw: () => number): Readonly<Record<string, unknown>> {
  return {
    parsing: true,
    landmarks: Array.from({ length: 136 }, (_, i) => SIDE * (0.3 + 0.4 * landmark(i)) + draw()),
    headPose: { yaw: 60 * draw() - 30, pitch: 40 * draw() - 20, roll: 40 * draw() - 20 },
    attributes: Array.from({ length: 40 }, () => Math.round(draw())),
    age: Math.round(80 * draw()),
    gender: draw() < 0.5 ? 'female' : 'male',
    race: 'Asian',
    expression: EXPRESSIONS[Math.floor(EXPRESSIONS.length * draw())],
    recognition: Array.from({ length: 128 }, () => draw() - 0.5),
  };
}

/** Places in 0..1: the jaw is half a circle, the rest lies within. */
const landmark = (i: number): number => {
  const point = i >> 1;
  if (point < 17) {
    const angle = (Math.PI * point) / 16;
    return i % 2 === 0 ? (1 - Math.cos(angle)) / 2 : (1 + Math.sin(angle)) / 2;
  }
  return i % 2 === 0 ? 0.2 + (0.6 * (point % 10)) / 10 : 0.2 + (0.5 * (point - 17)) / 51;
};
