import type { PlaygroundFace, TaskName } from './open-analyzer.ts';
import type { Device } from './open-base.ts';

/** An answer as a line: what was asked, what came out, and how sure, 0..1. */
export interface Answer {
  readonly task: TaskName;
  readonly text: string;
  readonly probability?: number;
}

const degrees = (value: number): string => `${Math.round(value) + 0}°`;

const ANSWERS: {
  readonly [Name in TaskName]: (result: PlaygroundFace[Name]) => Omit<Answer, 'task'>;
} = {
  parsing: ({ columns, rows, classes, labels }) => ({
    text: `${columns} x ${rows} cells, ${new Set(labels).size} of ${classes.length} classes`,
  }),
  landmarks: ({ points }) => ({ text: `${points.length} points` }),
  headPose: ({ yaw, pitch, roll }) => ({
    text: `yaw ${degrees(yaw)}, pitch ${degrees(pitch)}, roll ${degrees(roll)}`,
  }),
  age: ({ years }) => ({ text: `looks about ${Math.round(years)} years` }),
  gender: ({ label, probability }) => ({ text: label, probability }),
  race: ({ label, probability }) => ({ text: label, probability }),
  expression: ({ label, probability }) => ({ text: label, probability }),
  attributes: ({ present }) => ({
    text: present.map((name) => name.replaceAll('_', ' ').toLowerCase()).join(', ') || 'none above 50 %',
  }),
  visibility: ({ visibleShare, points }) => ({
    text: `${Math.round(visibleShare * points.length)} of ${points.length} points in view`,
  }),
};

/** The answers about a face, of the tasks that ran. */
export const answersOf = (face: PlaygroundFace, tasks: readonly TaskName[]): readonly Answer[] =>
  tasks.flatMap((task): Answer[] => {
    const tell = ANSWERS[task] as (result: unknown) => Omit<Answer, 'task'>;
    return task in face ? [{ task, ...tell(face[task]) }] : [];
  });

/** The whole result as text; a class map becomes a line that says how large it is. */
export const jsonOf = (faces: readonly PlaygroundFace[]): string =>
  JSON.stringify(
    faces,
    (_, value: unknown) => {
      if (value instanceof Uint8Array) return `Uint8Array(${value.length})`;
      return typeof value === 'number' ? Number(value.toFixed(4)) : value;
    },
    2,
  );

/** The program that gives this result, and the type that its editor shows. */
export function codeOf(tasks: readonly TaskName[], device: Device): string {
  const calls = tasks.map((task) => `${task}()`).join(', ');
  const type = tasks.map((task) => `  readonly ${task}: ${TYPES[task]};`).join('\n');
  return `import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { miniModel, miniModelHash } from '@facexformer/model-mini';
import { urlSource, webRuntime } from '@facexformer/runtime-web';
import { ${tasks.join(', ')} } from '@facexformer/tasks';

const analyzer = await createAnalyzer({
  runtime: webRuntime({ device: '${device}' }),
  checkpoint: await openCheckpoint(await urlSource(miniModel, { hash: miniModelHash })),
  detector: blazeFace(),
  tasks: [${calls}],
});
const faces = await analyzer.analyze(photo);

// the type of faces[number]
interface AnalyzedFace extends Face {
${type}
}
`;
}

const TYPES: Readonly<Record<TaskName, string>> = {
  parsing: 'Parsing',
  landmarks: 'Landmarks',
  headPose: 'HeadPose',
  age: 'Age',
  gender: 'Gender',
  race: 'Race',
  expression: 'Expression',
  attributes: 'Attributes',
  visibility: 'Visibility',
};
