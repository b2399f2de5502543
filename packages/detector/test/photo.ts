import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Pixels } from '@facexformer/core';
import { nodeRuntime } from '@facexformer/runtime-node';
import { fixtureUrl } from '@facexformer/test-utils/fixture-url';

export const ASTRONAUT = fileURLToPath(fixtureUrl('astronaut.png'));

export const runtime = await nodeRuntime();

export const astronaut: Pixels = await runtime.decode(ASTRONAUT);

/** Her face, read off the photo by eye: forehead to chin, ear to ear. */
export const FACE = { x: 172, y: 72, width: 108, height: 105 };

// biome-ignore lint/suspicious/noExplicitAny: an image library without types here
export const sharp: any = createRequire(new URL('../../runtime-node/package.json', import.meta.url))('sharp');
