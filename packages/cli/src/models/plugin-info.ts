import { openPluginCheckpoint, type PluginInfo } from '@facexformer/core';
import { readSafetensorsHeader } from '@facexformer/core/formats';
import { fileSource } from '@facexformer/runtime-node';

/** What a plug-in file says of itself; undefined for any other file, which is left to be refused elsewhere. */
export async function readPlugin(path: string): Promise<PluginInfo | undefined> {
  const source = await fileSource(path);
  try {
    const header = await readSafetensorsHeader(source).catch(() => undefined);
    return header && 'facexformer-plugin' in header.metadata
      ? (await openPluginCheckpoint(source)).info
      : undefined;
  } finally {
    await source.close();
  }
}

/** The same in lines for people. */
export function describePlugin({ task, base, vocabulary, provenance, metrics = {} }: PluginInfo): string {
  const { name, tokens } = task;
  return [
    `${provenance.name}: a plug-in`,
    `  task        ${name}: ${tokens} token${tokens > 1 ? 's' : ''}, ${vocabulary.id} (${vocabulary.labels.join(', ')})`,
    `  base        ${base.name}, ${base.contentHash}, tokens ${base.dim} wide`,
    `  source      ${provenance.source}`,
    `  licence     ${provenance.licence}`,
    ...Object.entries(metrics).map(
      ([metric, { value, low, high }]) =>
        `  ${metric.padEnd(11)} ${value.toFixed(3)} (95 % interval ${low.toFixed(3)} to ${high.toFixed(3)})`,
    ),
  ].join('\n');
}
