import type { Target } from './target.ts';
import { API } from './targets/api.ts';
import { CHECKPOINTS } from './targets/checkpoints.ts';
import { COMMAND } from './targets/command.ts';
import { DATA } from './targets/data.ts';
import { PICTURES } from './targets/pictures.ts';
import { SERVER } from './targets/server.ts';
import { TRAINING } from './targets/training.ts';

/** Everything that the campaign tries. */
export const TARGETS: readonly Target[] = [
  ...CHECKPOINTS,
  ...PICTURES,
  ...DATA,
  ...TRAINING,
  ...API,
  ...COMMAND,
  ...SERVER,
];
