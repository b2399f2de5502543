/** Runs in Chromium for latency.mjs: libraries on one page, made ready by `prepare`, asked in turn by `measure`. */

/** Frames of a stream whose mean time counts, after the one in which the face is found. */
const FOLLOWED = 9;

/** All nine tasks; the detector looks for faces from an eighth of the photo's side on. */
async function facexformer(canvas, threads, sdk, detector) {
  const { createAnalyzer, openCheckpoint, urlSource, webRuntime, allTasks } = sdk;
  const analyzer = await createAnalyzer({
    runtime: webRuntime({ device: 'wasm', threads, assets: '/ort/' }),
    checkpoint: await openCheckpoint(await urlSource('/weights/mini.safetensors')),
    detector,
    tasks: allTasks(),
  });
  const [{ box }] = await analyzer.analyze(canvas);
  return {
    'detector, 9 tasks': async () => (await analyzer.analyze(canvas)).length,
    '9 tasks, box given': async () => (await analyzer.analyze(canvas, { boxes: [box] })).length,
    'frame of a followed face': async () => {
      const film = new Array(1 + FOLLOWED).fill(canvas);
      let begun;
      let found = 0;
      for await (const { faces } of analyzer.stream(film, { keep: 'all', detectEvery: film.length })) {
        begun ??= performance.now();
        found = faces.length;
      }
      return { found, ms: (performance.now() - begun) / FOLLOWED };
    },
  };
}

/** The rows under a library's name. */
const named = (name, rows) =>
  Object.fromEntries(Object.entries(rows).map(([row, run]) => [`${name}: ${row}`, run]));

const subjects = {
  async now(canvas, threads) {
    const sdk = await import('/now.js');
    const detector = sdk.blazeFace({ smallestFace: { share: 1 / 8 } });
    return named('facexformer', await facexformer(canvas, threads, sdk, detector));
  },

  async before(canvas, threads) {
    const sdk = await import('/before.js');
    return named(
      'facexformer, before',
      await facexformer(canvas, threads, sdk, sdk.blazeFace({ tiling: false })),
    );
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
      const answer = await run();
      const { found, ms } =
        typeof answer === 'number' ? { found: answer, ms: performance.now() - begun } : answer;
      if (found !== 1) failed[name] = 'did not find the one face';
      if (round >= 0) times[name].push(ms);
    }
  }
  return { isolated: crossOriginIsolated, times, failed };
};
