/** What was asked for cannot be done; the message says why and what would do. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
}
