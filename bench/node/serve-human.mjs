/**
 * A minimal server around @vladmandic/human for serve.mjs: Node's own http, sharp to decode, the WebAssembly backend with
 * the face pipeline (detector, mesh, description, emotion), caching off. `node serve-human.mjs <node_modules>`.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const modules = process.argv[2];
const require = createRequire(import.meta.url);
const sharp = require('sharp');
const { Human } = require(join(modules, '@vladmandic/human/dist/human.node-wasm.js'));

// It fetches its models, and Node's fetch knows no files.
const { fetch } = globalThis;
globalThis.fetch = async (input, init) => {
  const address = String(input.url ?? input);
  return address.startsWith('file:')
    ? new Response(readFileSync(fileURLToPath(address)))
    : fetch(input, init);
};

const off = { enabled: false };
const on = { enabled: true };
const human = new Human({
  backend: 'wasm',
  wasmPath: `${modules}/@tensorflow/tfjs-backend-wasm/dist/`,
  modelBasePath: `file://${modules}/@vladmandic/human/models/`,
  cacheSensitivity: 0,
  filter: off,
  face: {
    detector: { rotation: false, maxDetected: 10 },
    ...{ mesh: on, description: on, emotion: on, iris: off, antispoof: off, liveness: off },
  },
  ...{ body: off, hand: off, object: off, gesture: off },
});
await human.load();
await human.init();

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
let last = Promise.resolve();

/** One photo at a time: it keeps state. */
const analyze = (photo) => {
  last = last.then(async () => {
    const { data, info } = await sharp(photo).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const image = human.tf.tensor(new Int32Array(data), [1, info.height, info.width, 3], 'int32');
    try {
      const { face } = await human.detect(image);
      return face.map(({ box, age, gender, emotion, mesh }) => ({ box, age, gender, emotion, mesh }));
    } finally {
      human.tf.dispose(image);
    }
  });
  return last;
};

const server = createServer(async (request, response) => {
  if (request.url === '/metrics') {
    response.end(`nodejs_eventloop_lag_p99_seconds ${delay.percentile(99) / 1e9}\n`);
    delay.reset();
    return;
  }
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ faces: await analyze(await buffer(request)) }));
});
server.listen(0, '127.0.0.1', () =>
  console.error(`listening on http://127.0.0.1:${server.address().port} (human, wasm)`),
);
