import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's folder for what can be fetched or computed again. An empty `XDG_CACHE_HOME` counts as none. */
export const cacheFolder = (): string =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'facexformer');
