/**
 * What `await using` calls: `Symbol.asyncDispose`, or where the engine has none (Safari, WebKit) the symbol that bundlers
 * put in its place when they compile `await using` away.
 */
export const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');
