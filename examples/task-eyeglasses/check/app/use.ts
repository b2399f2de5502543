/** The installed task beside all built-in ones, as an application uses it; its result is typed. */
import {
  type Checkpoint,
  createAnalyzer,
  type PluginCheckpoint,
  plugin,
  type Runtime,
} from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { allTasks } from '@facexformer/tasks';
import { eyeglasses } from 'task-eyeglasses';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => undefined;

/** Everything that is said of the first face of a photo. */
export async function describe<Image>(
  runtime: Runtime<Image>,
  checkpoint: Checkpoint,
  weights: PluginCheckpoint,
  photo: Image,
) {
  const analyzer = await createAnalyzer({
    runtime,
    checkpoint,
    detector: blazeFace(),
    tasks: [...allTasks(), plugin(eyeglasses(), weights)],
  });
  const [face] = await analyzer.analyze(photo);
  const { device } = analyzer;
  await analyzer.dispose();
  if (!face) throw new Error('the photo holds no face');

  const { label, probability } = face.eyeglasses;
  same<typeof label, 'without' | 'with'>(true);
  same<typeof face.age.years, number>(true);
  // @ts-expect-error the task has no such label
  label satisfies 'sun';
  // @ts-expect-error no task is called so
  face.glasses;
  return { device, eyeglasses: label, probability, years: face.age.years, yaw: face.headPose.yaw };
}
