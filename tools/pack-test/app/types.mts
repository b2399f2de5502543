/** What the types promise to users; compiled, never run. */
import { type Checkpoint, createAnalyzer } from '@facexformer/core';
import { nodeRuntime } from '@facexformer/runtime-node';
import { age, gender, headPose, landmarks, parsing } from '@facexformer/tasks';
import { openFaceAnalyzer, age as sameAge } from 'facexformer';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => undefined;

export async function check(checkpoint: Checkpoint, photo: Uint8Array): Promise<void> {
  await using analyzer = await createAnalyzer({
    runtime: nodeRuntime(),
    checkpoint,
    tasks: [age(), gender(), headPose(), landmarks(), parsing()],
  });
  const years = (await analyzer.analyze(photo))[0]!.age.years;
  same<typeof years, number>(true);
  const label = (await analyzer.analyze(photo))[0]!.gender.label;
  same<typeof label, 'male' | 'female'>(true);
  const { yaw } = (await analyzer.analyze(photo))[0]!.headPose;
  same<typeof yaw, number>(true);

  // @ts-expect-error race was not registered
  (await analyzer.analyze(photo))[0]!.race;
  // @ts-expect-error only asked for age
  (await analyzer.analyze(photo, { only: ['age'] }))[0]!.gender;
  // @ts-expect-error no such task
  await analyzer.analyze(photo, { only: ['mood'] });
  // @ts-expect-error a number is no photo
  await analyzer.analyze(1);
  // @ts-expect-error task "age" is registered twice
  await createAnalyzer({ runtime: nodeRuntime(), checkpoint, tasks: [age(), age()] });
}

export async function checkFrontDoor(photo: File): Promise<void> {
  await using all = await openFaceAnalyzer({ device: 'cpu' });
  const [face] = await all.analyze(photo);
  same<NonNullable<typeof face>['gender']['label'], 'male' | 'female'>(true);
  await using analyzer = await openFaceAnalyzer({ tasks: [sameAge()], checkpoint: new URL('file:///model') });
  const years = (await analyzer.analyze(new URL('file:///photo.jpg')))[0]!.age.years;
  same<typeof years, number>(true);

  // @ts-expect-error gender was not asked for
  (await analyzer.analyze('photo.jpg'))[0]!.gender;
  // @ts-expect-error a number is no photo
  await analyzer.analyze(1);
  // @ts-expect-error task "age" is registered twice
  await openFaceAnalyzer({ tasks: [age(), age()] });
}
