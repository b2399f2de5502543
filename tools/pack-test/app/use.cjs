const { createAnalyzer, openCheckpoint } = require('@facexformer/core');
const { miniModel } = require('@facexformer/model-mini');
const { fileSource, nodeRuntime } = require('@facexformer/runtime-node');
const { main } = require('@facexformer/cli');
const { blazeFace } = require('@facexformer/detector');
const { landmarks } = require('@facexformer/task-landmarks');
const { age, openFaceAnalyzer } = require('facexformer');

(async () => {
  const analyzer = await createAnalyzer({
    runtime: nodeRuntime({ device: 'cpu' }),
    checkpoint: await openCheckpoint(await fileSource(miniModel)),
    detector: blazeFace(),
    tasks: [landmarks()],
  });
  const [face] = await analyzer.analyze('photo.png');
  await analyzer.dispose();
  const whole = await openFaceAnalyzer({ tasks: [age()] });
  const [same] = await whole.analyze('photo.png');
  await whole.dispose();
  const { signal } = new AbortController();
  await main(['--version'], { out: console.log, err: console.error, interactive: false, signal });
  console.log(`${face.landmarks.points.length} landmarks, ${typeof same.age.years} years`);
})();
