import { describe, expect, it } from 'vitest';
import { streamFaces } from '../../src/stream/stream.js';
import { actor, collect, inventedAnalyzer, type Scene } from './world.js';

const film = (frames: number, actors: (frame: number) => Scene['actors']): readonly Scene[] =>
  Array.from({ length: frames }, (_, frame) => ({ actors: actors(frame) }));

/** The identifiers that each actor was given, over the whole film. */
async function identities(scenes: readonly Scene[], options = {}) {
  const { parts, calls } = inventedAnalyzer();
  const frames = await collect(streamFaces(parts, scenes, { keep: 'all', ...options }));
  const ids = new Map<string, Set<number>>();
  for (const { faces } of frames) {
    for (const { name, track } of faces.filter((face) => face.name !== 'nobody'))
      ids.set(name, (ids.get(name) ?? new Set()).add(track.id));
  }
  return {
    frames,
    calls,
    ids: Object.fromEntries([...ids].map(([name, values]) => [name, [...values]])),
  };
}

describe('faces of a stream', () => {
  it('are followed by their anchors between detections', async () => {
    const { frames, calls, ids } = await identities(
      film(60, (i) => [actor('ann', 100 + 6 * i, 200 + Math.round(20 * Math.sin(i / 5)))]),
    );
    expect(ids).toEqual({ ann: [1] });
    expect(calls.detections).toBe(6);
    expect(frames.at(-1)!.faces[0]!.track).toEqual({ id: 1, age: 60, since: 0, detected: false });
    const { box } = frames.at(-1)!.faces[0]!;
    expect(Math.abs(box.x - (100 + 6 * 59 - 50))).toBeLessThan(8);
  });

  it('keep their identifiers when one passes before the other', async () => {
    const scenes = film(80, (i) => {
      const [ann, bob] = [80 + 6 * i, 560 - 6 * i];
      return [actor('ann', ann, 200), actor('bob', bob, 210, Math.abs(ann - bob) < 70)];
    });
    const { ids, frames } = await identities(scenes);
    expect(ids).toEqual({ ann: [1], bob: [2] });
    expect(frames.at(-1)!.faces).toHaveLength(2);
    expect(frames.some(({ faces }) => faces.length === 1)).toBe(true);
  });

  it('keep their identifiers when they change places from one frame to the next', async () => {
    const scenes = film(8, (i) => [actor('ann', 100 + 60 * i, 200), actor('bob', 520 - 60 * i, 200)]);
    const { ids } = await identities(scenes, { frameRate: 10 });
    expect(ids).toEqual({ ann: [1], bob: [2] });
  });

  it('may return where they were going or where they were seen last', async () => {
    const walk = (returnsAt: number) =>
      film(60, (i) => {
        if (i < 30) return [actor('ann', 100 + 6 * i, 200)];
        return i < 50 ? [] : [actor('ann', returnsAt, 200)];
      });
    expect((await identities(walk(100 + 6 * 50))).ids).toEqual({ ann: [1] });
    expect((await identities(walk(100 + 6 * 30))).ids).toEqual({ ann: [1] });
    expect((await identities(walk(550))).ids).toEqual({ ann: [1, 2] });
  });

  it('rest although the boxes of the detector shake', async () => {
    const { parts } = inventedAnalyzer();
    let shake = 6;
    const shaky = {
      ...parts,
      detector: {
        dispose: async () => undefined,
        detect: async () => {
          shake = -shake;
          const { box } = actor('ann', 300 + shake, 200 - shake);
          return [{ box, score: 0.9 }];
        },
      },
    };
    const scenes = film(60, () => [actor('ann', 300, 200)]);
    const frames = await collect(streamFaces(shaky, scenes, { keep: 'all', smooth: false, detectEvery: 1 }));
    const places = frames.slice(10).map(({ faces }) => faces[0]!.box.x);
    expect(Math.max(...places) - Math.min(...places)).toBeLessThan(5);
    expect(new Set(frames.slice(10).map(({ faces }) => faces[0]!.crop.x)).size).toBeLessThan(3);
  });

  it('that leave and return in time are the same, later they are new', async () => {
    const away = (from: number, to: number) =>
      film(90, (i) => (i >= from && i < to ? [] : [actor('ann', 300, 200)]));
    expect((await identities(away(30, 50))).ids).toEqual({ ann: [1] });
    expect((await identities(away(30, 50), { remember: 300 })).ids).toEqual({ ann: [1, 2] });
    expect((await identities(away(30, 75))).ids).toEqual({ ann: [1, 2] });
  });

  it('are gone when they walk out of the picture, without imagined ones in their place', async () => {
    const { frames, ids } = await identities(film(90, (i) => [actor('ann', 400 + 5 * i, 200)]));
    expect(ids).toEqual({ ann: [1] });
    expect(frames.at(-1)!.faces).toEqual([]);
    expect(frames.findIndex(({ faces }) => faces.length === 0)).toBeLessThanOrEqual(58);
  });

  it('are soon missed when they vanish, and a detector that overlooks one is forgiven', async () => {
    const vanished = await identities(film(30, (i) => (i < 12 ? [actor('ann', 300, 200)] : [])));
    const ghosts = vanished.frames.filter(({ faces }, i) => i >= 12 && faces.length > 0);
    expect(ghosts.length).toBeLessThanOrEqual(11);
    const overlooked = await identities(film(30, (i) => [actor('ann', 300, 200, i === 10 || i === 11)]));
    expect(overlooked.frames.every(({ faces }) => faces.length === 1)).toBe(true);
  });

  it('of a new scene are detected at once, and a jump back in time forgets the old ones', async () => {
    const { parts } = inventedAnalyzer();
    const scenes = [0, 33, 66, 10].map((time) => ({
      image: { actors: [actor('ann', 300, 200)] } satisfies Scene,
      time,
    }));
    const frames = await collect(streamFaces(parts, scenes, {}));
    expect(frames.map(({ time }) => time)).toEqual([0, 33, 66, 10]);
    expect(frames.map(({ faces }) => faces[0]!.track.id)).toEqual([1, 1, 1, 2]);
  });

  it('stay apart when many move at random', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { ids } = await identities(
      film(120, (i) =>
        names.map((name, n) =>
          actor(
            name,
            60 + 100 * n + 25 * Math.sin(i / 7 + n),
            120 + 40 * n + 30 * Math.cos(i / 9 + 2 * n),
            false,
            70,
          ),
        ),
      ),
    );
    expect(Object.values(ids).every((list) => list.length === 1)).toBe(true);
    expect(new Set(Object.values(ids).flat()).size).toBe(6);
  });
});
