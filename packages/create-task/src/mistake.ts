/** The arguments are wrong, or the command cannot be carried out; the message says why, and what to do. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
}
