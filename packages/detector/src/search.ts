import { type Pixels, type RunOptions, throwIfAborted } from '@facexformer/core';
import { expectShape } from '@facexformer/core/graph';
import { intersectionOverUnion } from '@facexformer/core/image';
import { type Candidate, decodeCandidates } from './decode.js';
import { REGRESSIONS, STRIDE } from './network.js';
import type { NetworkPool } from './network-pool.js';
import { suppressNonMaxima } from './non-maximum-suppression.js';
import { sampleWindow } from './sample.js';
import { planWindows, type Window } from './windows.js';

/** Score from which a candidate is worth a second look. */
const PROPOSAL = 0.15;

/** Side of the second look's input, and size of the face in it, where the network is surest. */
export const FOCUS = { side: 192, face: 56 };

/** Least intersection over union of a proposal and the face that the second look finds there. */
const SAME_PLACE = 0.3;

/** Input pixels that go through the network at once, unless a single window has more. */
const CHUNK = 2 ** 18;

/** What to look for. */
export interface Search {
  readonly minScore: number;
  /** Photo pixels. */
  readonly smallestFace: number;
}

/**
 * Finds faces in two steps. The photo at a few sizes proposes them; the network then looks at each proposal again, alone,
 * centred and at the size that it knows best. Box and score come from this second look: it confirms small, large and
 * cut-off faces that score low at first, and rejects what texture brings up by chance.
 */
export async function searchFaces(
  networks: NetworkPool,
  pixels: Pixels,
  { minScore, smallestFace }: Search,
  options: RunOptions,
): Promise<Candidate[]> {
  const found = await look(networks, pixels, planWindows(pixels, smallestFace), PROPOSAL, options);
  const proposals = suppressNonMaxima(found.flat());
  const seen = await look(networks, pixels, proposals.map(focus), minScore, options);
  const confirmed = seen.flatMap((candidates, i) => {
    const proposed = proposals[i]!.box;
    const face = suppressNonMaxima(candidates).find(
      ({ box }) => intersectionOverUnion(box, proposed) > SAME_PLACE,
    );
    return face ? [face] : [];
  });
  return suppressNonMaxima(confirmed);
}

/** A window in whose middle a proposal appears at the size of {@link FOCUS}. */
function focus({ box: { x, y, width, height } }: Candidate): Window {
  const scale = Math.max(width, height) / FOCUS.face;
  const side = FOCUS.side * scale;
  return {
    x: x + (width - side) / 2,
    y: y + (height - side) / 2,
    scale,
    width: FOCUS.side,
    height: FOCUS.side,
  };
}

/** Runs the network on windows of the photo; the candidates of each. */
async function look(
  networks: NetworkPool,
  pixels: Pixels,
  windows: readonly Window[],
  minScore: number,
  options: RunOptions,
): Promise<Candidate[][]> {
  const found: Candidate[][] = [];
  for (let from = 0; from < windows.length; from = found.length) {
    throwIfAborted(options.signal);
    const { width, height } = windows[from]!;
    const most = windows.slice(from, from + Math.max(1, Math.floor(CHUNK / (width * height))));
    const other = most.findIndex((window) => window.width !== width || window.height !== height);
    const chunk = other === -1 ? most : most.slice(0, other);
    found.push(...(await lookAtChunk(networks, pixels, chunk, minScore, options)));
  }
  return found;
}

/** Windows of one size. */
async function lookAtChunk(
  networks: NetworkPool,
  pixels: Pixels,
  windows: readonly Window[],
  minScore: number,
  options: RunOptions,
): Promise<Candidate[][]> {
  const { width, height } = windows[0]!;
  const [count, picture, cells] = [windows.length, 3 * width * height, (width * height) / STRIDE ** 2];
  const data = new Float32Array(count * picture);
  for (const [i, window] of windows.entries()) sampleWindow(pixels, window, data, i * picture);
  const outputs = await networks.run({ dims: [count, 3, height, width], data }, options);
  const scores = expectShape('scores', outputs.scores!, [count, cells]).data;
  const regressions = expectShape('regressions', outputs.regressions!, [count, REGRESSIONS, cells]).data;
  return windows.map((window, i) =>
    decodeCandidates(
      scores.subarray(i * cells, (i + 1) * cells),
      regressions.subarray(i * REGRESSIONS * cells, (i + 1) * REGRESSIONS * cells),
      window,
      minScore,
    ),
  );
}
