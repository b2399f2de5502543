import { savePluginCheckpoint } from '@facexformer/core';
import type { Taught } from './teach.ts';

/** Hands the plug-in to the visitor as a file. */
export async function downloadPlugin({ name, trained }: Taught): Promise<void> {
  const bytes = await savePluginCheckpoint(trained.checkpoint);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  link.download = `${name}.safetensors`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Where a plug-in is to be used. */
export type Place = 'Node' | 'Browser';

const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** What has to be installed for {@link codeOf}. */
export const installOf = (place: Place): string =>
  `npm install @facexformer/core @facexformer/detector @facexformer/model-mini ${RUNTIMES[place]} @facexformer/tasks`;

const RUNTIMES: Readonly<Record<Place, string>> = {
  Node: '@facexformer/runtime-node',
  Browser: '@facexformer/runtime-web',
};

/** The program that uses the downloaded file beside the built-in tasks. */
export function codeOf({ name, labels }: Pick<Taught, 'name' | 'labels'>, place: Place): string {
  const node = place === 'Node';
  const list = labels.map(quote).join(', ');
  const photo = node ? "'photo.jpg'" : "await fetch('/photo.jpg').then((response) => response.blob())";
  return `import { classify, createAnalyzer, openCheckpoint, openPluginCheckpoint, plugin } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { ${node ? 'miniModel' : 'miniModel, miniModelHash'} } from '@facexformer/model-mini';
import { ${node ? 'fileSource, nodeRuntime' : 'urlSource, webRuntime'} } from '${RUNTIMES[place]}';
import { allTasks } from '@facexformer/tasks';

const task = classify('${name}', { id: '${name}@1', labels: [${list}] });
const weights = await openPluginCheckpoint(await ${node ? `fileSource('${name}.safetensors')` : `urlSource('/${name}.safetensors')`});
const analyzer = await createAnalyzer({
  runtime: ${node ? 'nodeRuntime()' : 'webRuntime()'},
  checkpoint: await openCheckpoint(await ${node ? 'fileSource(miniModel)' : 'urlSource(miniModel, { hash: miniModelHash })'}),
  detector: blazeFace(),
  tasks: [...allTasks(), plugin(task, weights)],
});
const [face] = await analyzer.analyze(${photo});
console.log(face?.${name}.label, face?.${name}.probability); // label: ${labels.map(quote).join(' | ')}
await analyzer.dispose();
`;
}
