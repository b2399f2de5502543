import {
  type Checkpoint,
  type Classification,
  classify,
  createAnalyzer,
  defineTask,
  embed,
  type FaceXFormerError,
  multiLabel,
  type PluginCheckpoint,
  plugin,
  type Runtime,
  regress,
  segment,
} from '../../src/index.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const exactly = <_ extends true>(): void => undefined;

declare const runtime: Runtime<string>;
declare const checkpoint: Checkpoint;
declare const weights: PluginCheckpoint;

const glasses = classify('glasses', { id: 'glasses@1', labels: ['none', 'sun'] });
const worn = multiLabel('worn', { id: 'worn@1', labels: ['hat', 'mask'] });
const gaze = regress(
  'gaze',
  { id: 'gaze@1', labels: ['yaw', 'pitch'] },
  { range: [-60, 60], mirrored: ['yaw'] },
);
const parts = segment('parts', { id: 'parts@1', labels: ['lens'] }, { colors: ['#ff0000'] });
const who = embed('who', { size: 16 });
const own = defineTask({
  name: 'own',
  tokens: 1,
  vocabulary: { id: 'own@1', labels: [] },
  head: ({ tokens }) => tokens,
  decode: (raw) => ({ first: raw.data[0]! }),
});

const analyzer = await createAnalyzer({
  runtime,
  checkpoint,
  tasks: [
    glasses,
    plugin(worn, weights),
    plugin(gaze, weights),
    parts,
    plugin(who, weights, { anyBase: true }),
    own,
  ],
});
const [face] = await analyzer.analyze('photo.jpg');
if (!face) throw new Error('no face');

exactly<Equal<typeof face.glasses, Classification<'none' | 'sun'>>>();
exactly<Equal<typeof face.worn.present, readonly ('hat' | 'mask')[]>>();
exactly<Equal<typeof face.gaze.yaw, number>>();
exactly<Equal<(typeof face.parts.classes)[number], 'background' | 'lens'>>();
exactly<Equal<typeof face.who, readonly number[]>>();
exactly<Equal<typeof face.own.first, number>>();
exactly<Equal<NonNullable<typeof face.errors>['glasses'], FaceXFormerError | undefined>>();
const [drawing] = analyzer.draw([face]);
exactly<Equal<NonNullable<NonNullable<typeof drawing>['errors']>['glasses'], FaceXFormerError | undefined>>();

// @ts-expect-error no such label
face.gaze.roll;
// @ts-expect-error no such label
face.glasses.label === 'moon';
// @ts-expect-error not a label of this task
regress('x', { id: 'x@1', labels: ['a'] }, { range: [0, 1], mirrored: ['b'] });
// @ts-expect-error the range is missing
regress('x', { id: 'x@1', labels: ['a'] });
// @ts-expect-error a plug-in keeps its task's name: twice
await createAnalyzer({ runtime, checkpoint, tasks: [glasses, plugin(glasses, weights)] });
// @ts-expect-error no such option
classify('x', { id: 'x@1', labels: ['a', 'b'] }, { token: 2 });
