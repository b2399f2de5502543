const { createAnalyzer, openCheckpoint } = require('@facexformer/core');
const { miniModel } = require('@facexformer/model-mini');
const { fileSource, nodeRuntime } = require('@facexformer/runtime-node');
const { main } = require('@facexformer/cli');
const { blazeFace } = require('@facexformer/detector');
const { landmarks } = require('@facexformer/task-landmarks');

(async () => {
  const analyzer = await createAnalyzer({
    runtime: nodeRuntime({ device: 'cpu' }),
    checkpoint: await openCheckpoint(await fileSource(new URL(miniModel))),
    detector: blazeFace(),
    tasks: [landmarks()],
  });
  const [face] = await analyzer.analyze('photo.png');
  await analyzer.dispose();
  const { signal } = new AbortController();
  await main(['--version'], { out: console.log, err: console.error, interactive: false, signal });
  console.log(`${face.landmarks.points.length} landmarks`);
})();
