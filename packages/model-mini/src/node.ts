/** What `index.ts` is elsewhere, for Node: bundlers would turn the address there into one of the web. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export { miniModelBytes, miniModelHash } from './weights.js';

/** The file of this code, which may be a bundle's; bundles in CommonJS have no `import.meta.url`. */
const here = import.meta.url ? fileURLToPath(import.meta.url) : __filename;
const beside = join(dirname(here), '../weights/mini.safetensors');

/** Where the installed package would have the weights, in a folder and all above it. */
function installed(folder: string): string[] {
  const parent = dirname(folder);
  const here = join(folder, 'node_modules', '@facexformer', 'model-mini', 'weights', 'mini.safetensors');
  return parent === folder ? [here] : [here, ...installed(parent)];
}

const places = [beside, ...installed(dirname(here)), ...installed(process.cwd())];

/** The `file:` URL of the weights: of this package or, in a bundle, of the one that is installed beside it. */
export const miniModel: string = pathToFileURL(places.find(existsSync) ?? beside).href;
