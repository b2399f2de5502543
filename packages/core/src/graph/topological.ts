import type { Value } from './value.js';

/** Inputs before users, each value once, not looking behind `stopAt`. Iterative: step graphs are deeper than the call stack. */
export function topological(
  outputs: readonly Value[],
  stopAt: ReadonlySet<Value> = new Set(),
): readonly Value[] {
  const state = new Map<Value, 'open' | 'done'>();
  const order: Value[] = [];
  const stack = [...outputs].reverse();
  for (let value = stack.at(-1); value !== undefined; value = stack.at(-1)) {
    if (state.get(value) === undefined) {
      state.set(value, 'open');
      const inputs = stopAt.has(value) ? [] : value.inputs.toReversed();
      for (const x of inputs) if (!state.has(x)) stack.push(x);
    } else {
      stack.pop();
      if (state.get(value) === 'open') {
        state.set(value, 'done');
        order.push(value);
      }
    }
  }
  return order;
}
