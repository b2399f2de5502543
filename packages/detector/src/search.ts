import { type Pixels, type RunOptions, throwIfAborted } from '@facexformer/core';
import { expectShape, row } from '@facexformer/core/graph';
import { intersectionOverUnion } from '@facexformer/core/image';
import { type Candidate, decodeCandidates } from './decode.js';
import { REGRESSIONS, STRIDE } from './network.js';
import type { NetworkPool } from './network-pool.js';
import { suppressNonMaxima } from './non-maximum-suppression.js';
import { sampleWindow } from './sample.js';
import { planWindows, type Window } from './windows.js';

/** Score from which a candidate is proposed, and from which the proposal needs no glance first. */
const PROPOSAL = 0.08;
const LIKELY = 0.3;

/** In some photos texture makes hundreds of proposals; the best of the unlikely ones get a glance. */
const MOST_GLANCES = 32;

/** Side of an input in which a proposal is looked at again, and size of the face in it. */
interface Look {
  readonly side: number;
  readonly face: number;
}

/** A glance is cheap; most of what texture brings up by chance does not survive it. */
const GLANCE: Look = { side: 64, face: 28 };

/** Here the network is surest. */
export const FOCUS: Look = { side: 128, face: 56 };

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
 * centred and at the size that it knows best, after a glance at the unlikely ones. Box and score come from this second
 * look: it confirms small, large and cut-off faces that score low at first, and rejects what texture brings up by chance.
 */
export async function searchFaces(
  networks: NetworkPool,
  pixels: Pixels,
  { minScore, smallestFace }: Search,
  options: RunOptions,
): Promise<Candidate[]> {
  const again = async (
    proposals: readonly Candidate[],
    closer: Look,
    score: number,
  ): Promise<Candidate[]> => {
    const windows = proposals.map((proposal) => windowAbout(proposal, closer));
    const seen = await look(networks, pixels, windows, score, options);
    return proposals.flatMap((proposal, i) => {
      const face = suppressNonMaxima(seen[i]!).find(
        ({ box }) => intersectionOverUnion(box, proposal.box) > SAME_PLACE,
      );
      return face ? [face] : [];
    });
  };
  const found = await look(networks, pixels, planWindows(pixels, smallestFace), PROPOSAL, options);
  const proposals = suppressNonMaxima(found.flat());
  const likely = proposals.filter(({ score }) => score >= LIKELY);
  const unlikely = proposals.slice(likely.length, likely.length + MOST_GLANCES);
  const glanced = await again(unlikely, GLANCE, LIKELY);
  const confirmed = await again([...likely, ...glanced], FOCUS, minScore);
  return suppressNonMaxima(confirmed);
}

/** The window in whose middle a proposal appears at the size of the look. */
function windowAbout({ box: { x, y, width, height } }: Candidate, closer: Look): Window {
  const scale = Math.max(width, height) / closer.face;
  const side = closer.side * scale;
  return {
    x: x + (width - side) / 2,
    y: y + (height - side) / 2,
    scale,
    width: closer.side,
    height: closer.side,
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
  for (const chunk of chunksOf(windows)) {
    throwIfAborted(options.signal);
    const { width, height } = chunk[0]!;
    const [count, picture, cells] = [chunk.length, 3 * width * height, (width * height) / STRIDE ** 2];
    const data = new Float32Array(count * picture);
    for (const [i, window] of chunk.entries()) sampleWindow(pixels, window, data, i * picture);
    const outputs = await networks.run({ dims: [count, 3, height, width], data }, options);
    const scores = expectShape('scores', outputs.scores!, [count, cells]);
    const regressions = expectShape('regressions', outputs.regressions!, [count, REGRESSIONS, cells]);
    for (const [i, window] of chunk.entries()) {
      found.push(decodeCandidates(row(scores, i).data, row(regressions, i).data, window, minScore));
    }
  }
  return found;
}

/** Successive windows of one size, as many as the network takes at once. */
function* chunksOf(windows: readonly Window[]): Generator<readonly Window[]> {
  for (let from = 0; from < windows.length; ) {
    const { width, height } = windows[from]!;
    const most = windows.slice(from, from + Math.max(1, Math.floor(CHUNK / (width * height))));
    const other = most.findIndex((window) => window.width !== width || window.height !== height);
    const chunk = other === -1 ? most : most.slice(0, other);
    yield chunk;
    from += chunk.length;
  }
}
