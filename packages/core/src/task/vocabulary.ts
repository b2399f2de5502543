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
