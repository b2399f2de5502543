/** The command was used wrongly or cannot be carried out; the message says why, and what to do. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
}
