const { createAnalyzer } = require('@facexformer/core');
const { nodeRuntime } = require('@facexformer/runtime-node');
const { untrainedCheckpoint } = require('@facexformer/cli');
const { blazeFace } = require('@facexformer/detector');
const { landmarks } = require('@facexformer/task-landmarks');

(async () => {
  const analyzer = await createAnalyzer({
    runtime: nodeRuntime({ device: 'cpu' }),
    checkpoint: untrainedCheckpoint(),
    detector: blazeFace(),
    tasks: [landmarks()],
  });
  const [face] = await analyzer.analyze('photo.png');
  await analyzer.dispose();
  console.log(`${face.landmarks.points.length} landmarks`);
})();
