import { readdirSync } from 'node:fs';

/** How many files this process has open (Linux). */
export const openDescriptors = (): number => readdirSync('/proc/self/fd').length;
