/**
 * MediaPipe's Face Landmarker, in Chromium, where it runs. Its mesh has 478 points; the 68 come of them by the linear map of
 * ../shared/teachers, fitted on faces that people labelled: picking 68 of the mesh would count what the two layouts mean
 * by a jaw's edge against it.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { ISOLATED, openBrowser, openSite } from '../../tools/browser-site.mjs';
import { installPeers, VERSIONS } from './install.mjs';

/** Outer corners of the eyes in the mesh, image-left and image-right. */
const EYES = [33, 263];

export function mediaPipe(teachers) {
  const model = join(teachers, 'face_landmarker.task');
  return {
    library: `MediaPipe ${VERSIONS['@mediapipe/tasks-vision']}`,
    network: 'Face Landmarker, 478 points by a map to 68',
    bytes: statSync(model).size,
    async open() {
      const site = await openSite({
        pages: { '/': PAGE, '/model.task': readFileSync(model) },
        folders: { '/vision/': join(installPeers(), '@mediapipe/tasks-vision') },
        headers: ISOLATED,
      });
      const browser = await openBrowser();
      const page = await browser.newPage();
      await page.goto(site.url);
      await page.waitForFunction('globalThis.look', undefined, { timeout: 120_000 });
      const toPoints = readMap(join(teachers, 'mesh_to_68.npz'));
      const look = async ({ width, height, data }) => {
        const sent = Buffer.from(data).toString('base64');
        const { meshes, ms } = await page.evaluate((photo) => globalThis.look(photo), {
          width,
          height,
          sent,
        });
        const faces = meshes.map((mesh) => {
          const points = toPoints(mesh.map(([x, y, z]) => [x * width - 0.5, y * height - 0.5, z * width]));
          const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
          const [x, y] = [Math.min(...xs), Math.min(...ys)];
          return { points, box: { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y } };
        });
        return Object.assign(faces, { ms });
      };
      const close = async () => {
        await browser.close();
        site.close();
      };
      return Object.assign(look, { close });
    },
  };
}

const PAGE = `<!doctype html><script type="module">
  import { FaceLandmarker, FilesetResolver } from '/vision/vision_bundle.mjs';
  const landmarker = await FaceLandmarker.createFromOptions(await FilesetResolver.forVisionTasks('/vision/wasm'), {
    baseOptions: { modelAssetPath: '/model.task', delegate: 'CPU' },
    runningMode: 'IMAGE',
    numFaces: 5,
  });
  globalThis.look = ({ width, height, sent }) => {
    const rgb = Uint8Array.from(atob(sent), (letter) => letter.charCodeAt(0));
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; i += 1) image.data.set([...rgb.subarray(3 * i, 3 * i + 3), 255], 4 * i);
    const begun = performance.now();
    const { faceLandmarks } = landmarker.detect(image);
    const ms = performance.now() - begun;
    return { ms, meshes: faceLandmarks.map((points) => points.map(({ x, y, z }) => [x, y, z])) };
  };
</script>`;

/** The map works in the frame of the outer corners of the eyes: origin between them, their distance as unit. */
function readMap(path) {
  const { weight, mean_in: meanIn, mean_out: meanOut } = readNpz(readFileSync(path)); // [1434, 136], [1434], [136]
  return (mesh) => {
    const [a, b] = EYES.map((index) => mesh[index]);
    const origin = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    const unit = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const [cos, sin] = [(b[0] - a[0]) / unit, (b[1] - a[1]) / unit];
    const upright = mesh.flatMap(([x, y]) => {
      const [dx, dy] = [(x - origin[0]) / unit, (y - origin[1]) / unit];
      return [cos * dx + sin * dy, cos * dy - sin * dx];
    });
    const meanDepth = mesh.reduce((sum, [, , z]) => sum + z, 0) / mesh.length;
    const input = [...upright, ...mesh.map(([, , z]) => (z - meanDepth) / unit)];
    const flat = meanOut.map((mean, j) =>
      input.reduce((sum, value, i) => sum + (value - meanIn[i]) * weight[i * 136 + j], mean),
    );
    return Array.from({ length: 68 }, (_, i) => {
      const [x, y] = [flat[2 * i] * unit, flat[2 * i + 1] * unit];
      return [origin[0] + cos * x - sin * y, origin[1] + sin * x + cos * y];
    });
  };
}

/** The float32 arrays of NumPy's archive, which is a zip of deflated .npy files. */
function readNpz(bytes) {
  const arrays = {};
  let entry = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16);
  while (bytes.readUInt32LE(entry) === 0x02014b50) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) => bytes.readUInt16LE(entry + at));
    const name = bytes.toString('latin1', entry + 46, entry + 46 + nameLength);
    const local = bytes.readUInt32LE(entry + 42);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const array = inflateRawSync(bytes.subarray(begin, begin + bytes.readUInt32LE(entry + 20)));
    const header = 10 + array.readUInt16LE(8);
    arrays[name.replace('.npy', '')] = Array.from(
      new Float32Array(Uint8Array.from(array.subarray(header)).buffer),
    );
    entry += 46 + nameLength + extraLength + commentLength;
  }
  return arrays;
}
