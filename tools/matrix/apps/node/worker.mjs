import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { openFaceAnalyzer } from 'facexformer';

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { workerData: 'photo.png' });
  worker.once('message', (faces) => console.log(JSON.stringify(faces)));
} else {
  const analyzer = await openFaceAnalyzer();
  const faces = await analyzer.analyze(workerData);
  parentPort.postMessage(JSON.parse(JSON.stringify(faces)));
  await analyzer.dispose();
}
