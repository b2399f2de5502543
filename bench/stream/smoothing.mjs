/**
 * How much calmer smoothing makes a still face, and how late it makes a moving one.
 *
 * usage: npm run build && node bench/stream/smoothing.mjs
 *
 * jitter: root mean square, over all numbers of a result, of their change from one frame to the next, from second 2 on.
 *   A still face: fixtures/astronaut.png with fresh noise of 4/255 in every pixel of every frame, 30 frames a second.
 * lag: the delay in frames at which the unsmoothed path of the same film fits the smoothed one best (least squares; the
 *   path between frames is interpolated). A moving face: the same noisy photo, moved or turned along a sine.
 * The synthetic part knows the true path and needs no model: normal noise of 1 % of the face on every number.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { deviates, noisy, openMini, rootMeanSquare } from './film.mjs';
import { synthetic } from './synthetic.mjs';

const sharp = createRequire(new URL('../../packages/runtime-node/package.json', import.meta.url))('sharp');
const FPS = 30;
const FRAMES = 240;
const NOISE = 4;
const START = 2 * FPS;

/** What of a face is looked at; each a list of numbers. */
const QUANTITIES = {
  'box, pixels': ({ box }) => [box.x, box.y, box.width, box.height],
  'landmarks, pixels': ({ landmarks }) => landmarks.points.flatMap(({ x, y }) => [x, y]),
  'head pose, degrees': ({ headPose }) => [headPose.yaw, headPose.pitch, headPose.roll],
  'expression, probability': ({ expression }) => Object.values(expression.probabilities),
  'gender, probability': ({ gender }) => Object.values(gender.probabilities),
  'attributes, probability': ({ attributes }) => Object.values(attributes.probabilities),
  'visibility, probability': ({ visibility }) => visibility.points.map((point) => point.occludedProbability),
  'age, years': ({ age }) => [age.years],
};

const { analyzer, photo } = await openMini();

const latencies = { detected: [], followed: [] };
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** The first face of every frame, by quantity: [frames][numbers]. */
async function watch(frames, smooth) {
  const seen = Object.fromEntries(Object.keys(QUANTITIES).map((name) => [name, []]));
  for await (const { faces, error, latency } of analyzer.stream(frames, {
    keep: 'all',
    frameRate: FPS,
    smooth,
  })) {
    if (error || faces.length !== 1) throw error ?? new Error(`${faces.length} faces`);
    latencies[faces[0].track.detected ? 'detected' : 'followed'].push(latency);
    for (const [name, read] of Object.entries(QUANTITIES)) seen[name].push(read(faces[0]));
  }
  return seen;
}

const film = async (frame, seed) => {
  const random = deviates(seed);
  const frames = [];
  for (let i = 0; i < FRAMES; i++) frames.push(noisy(await frame(i / FPS), NOISE, random));
  return frames;
};

/** The photo turned about its middle and moved, its edge repeated. */
async function placed(degrees, right) {
  const raw = { raw: { width: photo.width, height: photo.height, channels: 3 } };
  const margin = 64;
  const wide = await sharp(photo.data, raw)
    .extend({ top: margin, bottom: margin, left: margin, right: margin, extendWith: 'copy' })
    .affine(turn(degrees), { background: '#808080', interpolator: 'bicubic', odx: right })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = wide.info;
  const data = await sharp(wide.data, { raw: { width, height, channels: 3 } })
    .extract({
      left: Math.floor((width - photo.width) / 2),
      top: Math.floor((height - photo.height) / 2),
      width: photo.width,
      height: photo.height,
    })
    .raw()
    .toBuffer();
  return { width: photo.width, height: photo.height, data };
}

function turn(degrees) {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [
    [c, -s],
    [s, c],
  ];
}

const jitter = (rows) =>
  rootMeanSquare(
    rows.slice(START + 1).flatMap((row, i) => row.map((value, k) => value - rows[START + i][k])),
  );

/** The delay that fits best, searched in steps of 0.05 frames. */
function lag(smoothed, raw) {
  let best = { delay: 0, error: Number.POSITIVE_INFINITY };
  for (let delay = -2; delay <= 10; delay += 0.05) {
    const errors = [];
    for (let i = START; i < FRAMES - 10; i++) {
      const at = i - delay;
      const [from, share] = [Math.floor(at), at - Math.floor(at)];
      smoothed[i].forEach((value, k) => {
        errors.push(value - raw[from][k] * (1 - share) - raw[from + 1][k] * share);
      });
    }
    const error = rootMeanSquare(errors);
    if (error < best.error) best = { delay, error };
  }
  return round(best.delay);
}

const round = (value) => Math.round(value * 1e5) / 1e5;

const still = await film(async () => photo, 1);
const [raw, smoothed] = [await watch(still, false), await watch(still, true)];
const stillFace = Object.fromEntries(
  Object.keys(QUANTITIES).map((name) => {
    const [before, after] = [jitter(raw[name]), jitter(smoothed[name])];
    return [name, { before: round(before), after: round(after), times: round(before / after) }];
  }),
);

const movingFace = {};
const moves = {
  'slow sway, 0.2 Hz, 40 px to each side': (t) => placed(0, 40 * Math.sin(2 * Math.PI * 0.2 * t)),
  'sway, 0.5 Hz, 40 px to each side': (t) => placed(0, 40 * Math.sin(2 * Math.PI * 0.5 * t)),
  'tilt, 0.5 Hz, 15 degrees to each side': (t) => placed(15 * Math.sin(2 * Math.PI * 0.5 * t), 0),
};
for (const [name, move] of Object.entries(moves)) {
  const frames = await film(move, 2);
  const [before, after] = [await watch(frames, false), await watch(frames, true)];
  const moved = name.startsWith('tilt')
    ? ['landmarks, pixels', 'head pose, degrees']
    : ['box, pixels', 'landmarks, pixels'];
  movingFace[name] = Object.fromEntries(moved.map((key) => [key, lag(after[key], before[key])]));
}
await analyzer.dispose();

const report = {
  command: 'node bench/stream/smoothing.mjs',
  cpu: cpus()[0].model,
  'median latency of a frame, ms': {
    'with detection': round(median(latencies.detected)),
    'face followed': round(median(latencies.followed)),
  },
  stillFace,
  'lag in frames': movingFace,
  synthetic: synthetic(),
};
writeFileSync(new URL('smoothing.json', import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
