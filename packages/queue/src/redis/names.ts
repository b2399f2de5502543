/** What the names of all our keys in Redis start with. */
export const PREFIX = 'facexformer';

/** What the results of a queue depend on, beside its photos. */
export const keyOfSettings = (queue: string): string => `${PREFIX}:${queue}:settings`;
