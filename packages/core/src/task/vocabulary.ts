/** The labels of a task in head order, and what is known or doubted about them. */
export interface Vocabulary {
  /** Names it and its version, such as `lapa-11@1`. */
  readonly id: string;
  readonly labels: readonly string[];
  /** Doubts and conventions, in words; empty when there are none. */
  readonly notes?: readonly string[];
  /** Multiplies the raw output where a convention differs, for example a yaw sign. */
  readonly signs?: readonly number[];
}

/** Vocabularies by task. */
export type Vocabularies = Readonly<Record<string, Vocabulary>>;

/** The vocabulary that a checkpoint brings for a task, or else the task's own. */
export function vocabularyOf(
  task: { readonly name: string; readonly vocabulary: Vocabulary },
  vocabularies: Vocabularies = {},
): Vocabulary {
  const brought = Object.hasOwn(vocabularies, task.name) ? vocabularies[task.name] : undefined;
  return brought ?? task.vocabulary;
}
