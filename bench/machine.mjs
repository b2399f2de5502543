import { cpus, loadavg } from 'node:os';

/** The processor that a figure was measured on. */
export const cpu = `${cpus()[0].model}, ${cpus().length} cores`;

/** How many processes wanted to run in the last minute: 0 on a quiet machine before a benchmark. */
export const load = () => Number(loadavg()[0].toFixed(1));

/** The middle value; of an even number the upper one. */
export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
