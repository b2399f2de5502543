import { openPluginCheckpoint, type PluginInfo } from '@facexformer/core';
import { readSafetensorsHeader } from '@facexformer/core/formats';
import { sizeOf } from '@facexformer/core/graph';
import { fileSource } from '@facexformer/runtime-node';
import { openFile } from '../models/open-model.js';
import type { Command } from '../terminal/command.js';
import { parse, single } from '../terminal/options.js';

export const inspect: Command = {
  name: 'inspect',
  summary: 'show what a checkpoint or a plug-in holds',
  help: `usage: facexformer inspect <checkpoint> [--tensors] [--json]

  --tensors   also list every tensor
  --json      everything as JSON

example:
  facexformer inspect facexformer.safetensors`,
  async run(args, { out }) {
    const { values, positionals } = parse(args, {
      tensors: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    const path = single(positionals, 'checkpoint');
    const plugin = await readPlugin(path);
    if (plugin) {
      out(values.json ? JSON.stringify(plugin, undefined, 2) : describePlugin(plugin));
      return;
    }
    const checkpoint = await openFile(path);
    const { info, tensors } = checkpoint;
    await checkpoint.close();
    const list = [...tensors].map(([name, { dtype, shape }]) => ({ name, dtype, shape }));
    if (values.json) {
      out(JSON.stringify({ ...info, tensors: list }, undefined, 2));
      return;
    }
    const { provenance, model } = info;
    const parameters = list.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    out(`${provenance.name}${provenance.trained ? '' : '  *** UNTRAINED ***'}`);
    out(`  source      ${provenance.source}`);
    out(`  licence     ${provenance.licence}`);
    for (const note of provenance.notes ?? []) out(`  note        ${note}`);
    out(`  backbone    ${JSON.stringify(model.backbone)}`);
    out(`  decoder     ${JSON.stringify(model.decoder)}`);
    out(`  input       ${model.input.width} x ${model.input.height}, crop ${JSON.stringify(model.crop)}`);
    const bytes = [...tensors.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    out(`  size        ${(bytes / 1e6).toFixed(1)} MB of weights`);
    out(`  parameters  ${(parameters / 1e6).toFixed(2)} million in ${list.length} tensors`);
    for (const { name, tokens } of model.tasks) {
      const vocabulary = info.vocabularies[name];
      out(
        `  task        ${name}: ${tokens} token${tokens > 1 ? 's' : ''}, ${vocabulary?.id ?? 'no vocabulary'}`,
      );
      for (const note of vocabulary?.notes ?? []) out(`              note: ${note}`);
    }
    if (values.tensors) for (const { name, dtype, shape } of list) out(`  ${dtype} [${shape}] ${name}`);
  },
};

/** What a plug-in file says of itself; undefined for any other file, which is left to be refused elsewhere. */
async function readPlugin(path: string): Promise<PluginInfo | undefined> {
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
function describePlugin({ task, base, vocabulary, provenance, metrics = {} }: PluginInfo): string {
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
