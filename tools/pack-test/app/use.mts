import { untrainedCheckpoint } from '@facexformer/cli';
import { createAnalyzer } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { nodeRuntime } from '@facexformer/runtime-node';
import { age, allTasks, expression } from '@facexformer/tasks';

const analyzer = await createAnalyzer({
  runtime: nodeRuntime({ device: 'cpu' }),
  checkpoint: untrainedCheckpoint(),
  detector: blazeFace(),
  tasks: [age(), expression()],
});
const [face] = await analyzer.analyze('photo.png');
await analyzer.dispose();
console.log(
  `${allTasks().length} tasks, ${typeof face?.age.years} years, ${typeof face?.expression.label} expression`,
);
