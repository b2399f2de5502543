import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { miniModel } from '@facexformer/model-mini';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { age, allTasks, expression } from '@facexformer/tasks';

const analyzer = await createAnalyzer({
  runtime: nodeRuntime({ device: 'cpu' }),
  checkpoint: await openCheckpoint(await fileSource(miniModel)),
  detector: blazeFace(),
  tasks: [age(), expression()],
});
const [face] = await analyzer.analyze('photo.png');
await analyzer.dispose();
console.log(
  `${allTasks().length} tasks, ${typeof face.age.years} years, ${typeof face.expression.label} expression`,
);
