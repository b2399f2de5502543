import type { Random } from './random.ts';

/** Something that reads what strangers write. */
export interface Target {
  readonly name: string;
  /** What is tried, for the table. */
  readonly what: string;
  /** Makes the campaign's inputs and tries them; called once a process. */
  prepare(): Promise<Trial>;
}

export interface Trial<Input = unknown> {
  /** The input of one random sequence. */
  input(random: Random): Input;
  /** Reads it. @throws a `FaceXFormerError` where it is refused; anything else is a fault. */
  attempt(input: Input): unknown;
}

/** A target whose inputs have a type of their own. */
export const target = <Input>(
  name: string,
  what: string,
  prepare: () => Promise<Trial<Input>> | Trial<Input>,
): Target => ({ name, what, prepare: async () => (await prepare()) as Trial });
