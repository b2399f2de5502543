import type { Drawing } from '@facexformer/core';

/** A photo in lines for people: how many faces, where they are, and what the tasks print on their cards. */
export const photoLines = (path: string, drawings: readonly Drawing[]): readonly string[] => [
  `${path}: ${counted(drawings.length)}`,
  ...drawings.map((drawing) => `  ${faceLine(drawing)}`),
];

const counted = (count: number): string =>
  count === 0 ? 'no face' : count === 1 ? '1 face' : `${count} faces`;

function faceLine({ box, shapes }: Drawing): string {
  const place = `${Math.round(box.width)}x${Math.round(box.height)} at ${Math.round(box.x)},${Math.round(box.y)}`;
  const labels = shapes.flatMap((shape) =>
    shape.kind === 'label' ? [[shape.caption, shape.text].filter(Boolean).join(' ')] : [],
  );
  return [`face ${place}`, ...labels].join(' · ');
}
