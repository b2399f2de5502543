/** Runs in Chromium for latency.mjs: three libraries on one page, made ready by `prepare`, asked in turn by `measure`. */
import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { urlSource, webRuntime } from '@facexformer/runtime-web';
import { allTasks } from '@facexformer/tasks';

const subjects = {
  /** All nine tasks. */
  async facexformer(canvas, threads) {
    const analyzer = await createAnalyzer({
      runtime: webRuntime({ device: 'wasm', threads, assets: '/ort/' }),
      checkpoint: await openCheckpoint(await urlSource('/weights/mini.safetensors')),
      detector: blazeFace({ smallestFace: { share: 1 / 8 } }),
      tasks: allTasks(),
    });
    const [{ box }] = await analyzer.analyze(canvas);
    return {
      'facexformer: detector, 9 tasks': async () => (await analyzer.analyze(canvas)).length,
      'facexformer: 9 tasks, box given': async () =>
        (await analyzer.analyze(canvas, { boxes: [box] })).length,
    };
  },

  /** Its face pipeline: detector, mesh, description (age, gender, embedding), emotion. */
  async human(canvas, threads) {
    const { Human } = await import('/human/dist/human.esm.js');
    const human = new Human({
      backend: 'wasm',
      modelBasePath: '/human/models/',
      wasmPath: '/tfjs/',
      cacheSensitivity: 0,
      filter: { enabled: false },
      gesture: { enabled: false },
      body: { enabled: false },
      hand: { enabled: false },
      object: { enabled: false },
      segmentation: { enabled: false },
      face: {
        enabled: true,
        detector: { enabled: true, skipFrames: 0, skipTime: 0, maxDetected: 1 },
        mesh: { enabled: true },
        iris: { enabled: false },
        description: { enabled: true, skipFrames: 0, skipTime: 0 },
        emotion: { enabled: true, skipFrames: 0, skipTime: 0 },
      },
    });
    human.tf.setThreadsCount?.(threads);
    await human.init();
    await human.load();
    const { face } = await human.detect(canvas);
    if (human.tf.getBackend() !== 'wasm' || !face[0]?.emotion?.length || !face[0]?.age) {
      throw new Error(`human: ${human.tf.getBackend()}, ${JSON.stringify(face)?.slice(0, 200)}`);
    }
    return {
      'human: detector, mesh, description, emotion': async () => (await human.detect(canvas)).face.length,
    };
  },

  /**
   * The predecessor of FaceLandmarker, whose models are in its package: landmarks alone, inference on the CPU too. It
   * follows the face that it found before, so that its detector does not run.
   */
  async faceMesh(canvas) {
    await new Promise((resolve, reject) => {
      const script = document.createElement('script');
      Object.assign(script, { src: '/facemesh/face_mesh.js', onload: resolve, onerror: reject });
      document.head.append(script);
    });
    const mesh = new globalThis.FaceMesh({ locateFile: (file) => `/facemesh/${file}` });
    mesh.setOptions({ maxNumFaces: 1, refineLandmarks: false, useCpuInference: true });
    let found = 0;
    mesh.onResults(({ multiFaceLandmarks }) => {
      found = multiFaceLandmarks.length;
    });
    const run = async () => {
      await mesh.send({ image: canvas });
      return found;
    };
    if ((await run()) !== 1) throw new Error('face_mesh finds no face');
    return { 'MediaPipe Face Mesh: landmarks, face followed': run };
  },
};

async function canvasOf(photo) {
  const bitmap = await createImageBitmap(await (await fetch(photo)).blob());
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
  canvas.getContext('2d').drawImage(bitmap, 0, 0);
  return canvas;
}

/** Alternates, `rounds` times after two for warming up; returns all times in ms by name. */
globalThis.measure = async (threads, rounds) => {
  const canvas = await canvasOf('/fixtures/astronaut.png');
  const runs = {};
  const failed = {};
  for (const [name, prepare] of Object.entries(subjects)) {
    await prepare(canvas, threads).then(
      (prepared) => Object.assign(runs, prepared),
      (error) => {
        failed[name] = String(error);
      },
    );
  }
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let round = -2; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(runs)) {
      const begun = performance.now();
      if ((await run()) !== 1) failed[name] = 'did not find the one face';
      if (round >= 0) times[name].push(performance.now() - begun);
    }
  }
  return { isolated: crossOriginIsolated, times, failed };
};
