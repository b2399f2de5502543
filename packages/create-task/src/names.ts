import { Mistake } from './mistake.js';

/** Names of the built-in tasks, and of the fields of a face: no other task may have them. */
export const TAKEN: readonly string[] = [
  ...['age', 'attributes', 'expression', 'gender', 'headPose', 'landmarks', 'parsing', 'race', 'visibility'],
  ...['box', 'score', 'crop', 'keypoints', 'track', 'warning', 'errors', 'attention', 'toJSON'],
];

/** What npm allows for new packages, with or without a scope. */
const PACKAGE = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/**
 * Checks the name of a package.
 * @throws {Mistake} for a name that npm would refuse.
 */
export function checkPackageName(name: string): void {
  const ok = PACKAGE.test(name) && name.length <= 214 && !/^(?:node_modules|favicon\.ico)$/.test(name);
  if (ok) return;
  const tame = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  throw new Mistake(
    `npm does not allow a package named "${name}": use lower-case letters, digits and hyphens${tame ? `, such as ${tame}` : ''}`,
  );
}

/**
 * The name of a package's task: `@me/facexformer-task-hat-colour` has the task `hatColour`.
 * @throws {Mistake} for a name that no task may have.
 */
export function taskNameOf(packageName: string): string {
  const words = packageName
    .replace(/^@[^/]*\//, '')
    .replace(/^(?:facexformer-)?(?:task-)?/, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const name = words.map((word, i) => (i === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('');
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
    throw new Mistake(
      `"${packageName}" does not name a task: it must contain a word, such as task-hat-colour`,
    );
  }
  if (TAKEN.includes(name)) {
    throw new Mistake(`a task cannot be named "${name}", which FaceXFormer uses itself: choose another name`);
  }
  if (WORDS.has(name)) {
    throw new Mistake(
      `a task cannot be named "${name}", a keyword of JavaScript: choose another name, such as ${name}-kind`,
    );
  }
  return name;
}

/** Keywords that cannot name an exported constant. */
const WORDS = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally ' +
    'for function if implements import in instanceof interface let new null package private protected public return ' +
    'static super switch this throw true try typeof undefined var void while with yield arguments eval'
  ).split(' '),
);
