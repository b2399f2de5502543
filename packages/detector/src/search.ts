import { type Pixels, type RunOptions, type Session, throwIfAborted } from '@facexformer/core';
import { expectShape } from '@facexformer/core/graph';
import { intersectionOverUnion } from '@facexformer/core/image';
import { type Candidate, decodeCandidates } from './decode.js';
import { REGRESSIONS, STRIDE } from './network.js';
import { suppressNonMaxima } from './non-maximum-suppression.js';
import { placeInPhoto } from './place.js';
import { type Pyramid, pyramid, sampleWindow, type Window } from './pyramid.js';
import { planTiles } from './tiles.js';

/** Side of the network's input. */
export const SIZE = 192;

/** Windows that go through the network at once. */
const CHUNK = 16;

/** Score from which a tile's candidate is worth a second look. */
const PROPOSAL = 0.3;

/** Size of the face in the second look's input, where the network is surest. */
const FOCUS = 56;

/** Least intersection over union of a proposal and the face that the second look finds there. */
const SAME_PLACE = 0.3;

/** What to look for. */
export interface Search {
  readonly minScore: number;
  /** Photo pixels; infinite to search only the whole photo. */
  readonly smallestFace: number;
}

/**
 * Finds faces in two steps. Tiles of several sizes propose them; the network then looks at each proposal again, alone,
 * centred and at the size that it knows best. Box and score come from this second look: it confirms small, large and
 * cut-off faces that score low at first, and rejects what hundreds of tiles of texture bring up by chance.
 */
export async function searchFaces(
  session: Session,
  pixels: Pixels,
  { minScore, smallestFace }: Search,
  options: RunOptions,
): Promise<Candidate[]> {
  const source = pyramid(pixels);
  const tiles = planTiles(pixels, SIZE, smallestFace);
  const found = await look(session, source, tiles, PROPOSAL, options);
  const proposals = suppressNonMaxima(found.flat());
  const windows = proposals.map(focus);
  const confirmed = (await look(session, source, windows, minScore, options)).flatMap((candidates, i) => {
    const proposed = proposals[i]!.box;
    const face = suppressNonMaxima(candidates).find(
      ({ box }) => intersectionOverUnion(box, proposed) > SAME_PLACE,
    );
    return face ? [face] : [];
  });
  return suppressNonMaxima(confirmed);
}

/** A window around a proposal in which it appears at {@link FOCUS} pixels. */
function focus({ box: { x, y, width, height } }: Candidate): Window {
  const side = (Math.max(width, height) * SIZE) / FOCUS;
  return { x: x + (width - side) / 2, y: y + (height - side) / 2, side };
}

/** Runs the network on windows of the photo; the candidates of each, in photo pixels. */
async function look(
  session: Session,
  source: Pyramid,
  windows: readonly Window[],
  minScore: number,
  options: RunOptions,
): Promise<Candidate[][]> {
  const found: Candidate[][] = [];
  for (let i = 0; i < windows.length; i += CHUNK) {
    throwIfAborted(options.signal);
    found.push(...(await lookAtChunk(session, source, windows.slice(i, i + CHUNK), minScore, options)));
  }
  return found;
}

async function lookAtChunk(
  session: Session,
  source: Pyramid,
  windows: readonly Window[],
  minScore: number,
  options: RunOptions,
): Promise<Candidate[][]> {
  const [count, cells, picture] = [windows.length, (SIZE / STRIDE) ** 2, 3 * SIZE * SIZE];
  const data = new Float32Array(count * picture);
  for (const [i, window] of windows.entries()) sampleWindow(source, window, SIZE, data, i * picture);
  const outputs = await session.run({ image: { dims: [count, 3, SIZE, SIZE], data } }, options);
  const scores = expectShape('scores', outputs.scores!, [count, cells]).data;
  const regressions = expectShape('regressions', outputs.regressions!, [count, cells, REGRESSIONS]).data;
  return windows.map((window, i) => {
    const [from, to] = [i * cells, (i + 1) * cells];
    return decodeCandidates(
      scores.subarray(from, to),
      regressions.subarray(from * REGRESSIONS, to * REGRESSIONS),
      SIZE,
      minScore,
    ).map((candidate) => placeInPhoto(candidate, window, SIZE));
  });
}
