/** Our name of each tensor of the released checkpoint, by pattern; `$1` and `$2` carry over. */
const RENAMES: readonly (readonly [RegExp, string])[] = [
  [/^backbone\.0\.0\.0\.(weight|bias)$/, 'backbone.patchEmbed.$1'],
  [/^backbone\.0\.0\.2\.(weight|bias)$/, 'backbone.patchNorm.$1'],
  [/^linear_c\.(\d)\.proj\.(weight|bias)$/, 'fusion.linears.$1.$2'],
  [/^linear_fuse\.weight$/, 'fusion.linearFuse.weight'],
  [/^pe_layer\.positional_encoding_gaussian_matrix$/, 'positionalEncoding.gaussian'],
  [/^face_decoder\.transformer\.norm_final_attn\.(weight|bias)$/, 'decoder.finalNorm.$1'],
  [/^face_decoder\.mask_tokens\.weight$/, 'tasks.parsing.token'],
  [/^face_decoder\.output_upscaling\.0\.(weight|bias)$/, 'tasks.parsing.upscale1.$1'],
  [/^face_decoder\.output_upscaling\.1\.(weight|bias)$/, 'tasks.parsing.upscaleNorm.$1'],
  [/^face_decoder\.output_upscaling\.3\.(weight|bias)$/, 'tasks.parsing.upscale2.$1'],
  [/^face_decoder\.transformer\.layers\.(\d)\.(norm\d\.(?:weight|bias))$/, 'decoder.layers.$1.$2'],
];

const BLOCK_PARTS: Readonly<Record<string, string>> = {
  norm1: 'norm1',
  norm2: 'norm2',
  'attn.qkv': 'attention.qkv',
  'attn.proj': 'attention.proj',
  'mlp.0': 'mlp.fc1',
  'mlp.3': 'mlp.fc2',
};

const ATTENTIONS: Readonly<Record<string, string>> = {
  self_attn: 'taskSelfAttention',
  cross_attn_token_to_image: 'taskToFace',
  cross_attn_image_to_token: 'faceToTask',
};

const TASKS: Readonly<Record<string, string>> = {
  landmarks: 'landmarks',
  pose: 'headPose',
  attribute: 'attributes',
  visibility: 'visibility',
  age: 'age',
  gender: 'gender',
  race: 'race',
};

/** Our name of an official tensor; undefined when there is no such tensor. */
export function ourName(official: string): string | undefined {
  for (const [pattern, name] of RENAMES) if (pattern.test(official)) return official.replace(pattern, name);
  return backboneName(official) ?? decoderName(official) ?? taskName(official);
}

/** Odd children of the backbone are stages, even ones the mergings between them. */
function backboneName(official: string): string | undefined {
  const [, child, rest] = /^backbone\.0\.([1-7])\.(.+)$/.exec(official) ?? [];
  if (!child || !rest) return undefined;
  if (Number(child) % 2 === 0) {
    return /^(norm\.(weight|bias)|reduction\.weight)$/.test(rest)
      ? `backbone.merges.${Number(child) / 2 - 1}.${rest}`
      : undefined;
  }
  const [, block, part, kind] = /^(\d+)\.(.+?)(?:\.(weight|bias))?$/.exec(rest) ?? [];
  const prefix = `backbone.stages.${(Number(child) - 1) / 2}.blocks.${block}`;
  if (part === 'attn.relative_position_bias_table') return `${prefix}.attention.relativePositionBias`;
  const ours = part && kind ? BLOCK_PARTS[part] : undefined;
  return ours && `${prefix}.${ours}.${kind}`;
}

function decoderName(official: string): string | undefined {
  const transformer = /^face_decoder\.transformer\.(?:layers\.(\d)\.)?(.+)\.(weight|bias)$/.exec(official);
  if (!transformer) return undefined;
  const [, layer, part, kind] = transformer as unknown as [string, string | undefined, string, string];
  const [, attention, projection] = /^(\w+)\.([qkv]|out)_proj$/.exec(part) ?? [];
  if (layer === undefined) {
    const isFinal = attention === 'final_attn_token_to_image';
    return isFinal ? `decoder.finalTaskToFace.${projection}.${kind}` : undefined;
  }
  const [, step] = /^mlp\.lin([12])$/.exec(part) ?? [];
  if (step) return `decoder.layers.${layer}.mlp.fc${step}.${kind}`;
  const ours = attention && ATTENTIONS[attention];
  return ours && `decoder.layers.${layer}.${ours}.${projection}.${kind}`;
}

function taskName(official: string): string | undefined {
  const [, hyper, hyperKind] =
    /^face_decoder\.output_hypernetwork_mlps\.layers\.([012])\.(weight|bias)$/.exec(official) ?? [];
  if (hyper) return `tasks.parsing.hyper.fc${Number(hyper) + 1}.${hyperKind}`;
  const [, tokenOf] = /^face_decoder\.(\w+)_token\.weight$/.exec(official) ?? [];
  if (tokenOf && TASKS[tokenOf]) return `tasks.${TASKS[tokenOf]}.token`;
  const head = /^face_decoder\.(\w+)_prediction_head\.layers\.([012])\.(weight|bias)$/.exec(official);
  const task = head && TASKS[head[1]!];
  return task ? `tasks.${task}.head.fc${Number(head[2]) + 1}.${head[3]}` : undefined;
}
