import { add, attention, concat, linear, relu } from '../graph/ops.js';
import type { Value } from '../graph/value.js';
import type { DecoderConfig } from './config.js';
import { declareLayerNorm, declareLinear, type ParameterFactory, scope } from './parameters.js';

/** What the decoder returns: output tokens of each group, and the face after its last layer. */
export interface Decoded {
  /** [B, tokens, dim] of the base tokens, then of each plug-in. */
  readonly groups: readonly Value[];
  /** [B, H * W, dim] */
  readonly face: Value;
}

/**
 * The FaceX decoder (paper section 3.2): a two-way transformer between task tokens and face tokens.
 *
 * `groups[0]` are the base tokens; further groups are plug-ins. Plug-in tokens read the base tokens, themselves
 * and the face; nothing reads them, so base results do not depend on them.
 * @param groups learned tokens [1, tokens, dim], which are also the query positions of every layer
 * @param face fused face tokens [B, H * W, dim]
 * @param positions their positional encoding [H * W, dim]
 */
export function faceXDecoder(
  groups: readonly Value[],
  face: Value,
  positions: Value,
  config: DecoderConfig,
  parameter: ParameterFactory,
): Decoded {
  let state: Decoded = { groups, face };
  for (let layer = 0; layer < config.depth; layer += 1) {
    state = decoderLayer(state, groups, positions, layer === 0, config, scope(parameter, `layers.${layer}`));
  }
  const keys = add(state.face, positions);
  const finalScope = scope(parameter, 'finalTaskToFace');
  const finished = state.groups.map((q, group) => {
    const read = multiHead(
      [add(q, groups[group]!)],
      [keys],
      [state.face],
      config.dim / 2,
      config,
      finalScope,
    );
    return declareLayerNorm(add(q, read), scope(parameter, 'finalNorm'), config.dim);
  });
  return { groups: finished, face: state.face };
}

function decoderLayer(
  { groups, face }: Decoded,
  tokens: readonly Value[],
  positions: Value,
  first: boolean,
  config: DecoderConfig,
  parameter: ParameterFactory,
): Decoded {
  const { dim } = config;
  const norm = (x: Value, index: number): Value => declareLayerNorm(x, scope(parameter, `norm${index}`), dim);
  const faceKeys = add(face, positions);
  const positioned = first ? groups : groups.map((q, group) => add(q, tokens[group]!));

  const updated = groups.map((q, group) => {
    const visible = group === 0 ? [0] : [0, group];
    const taskSelfAttention = multiHead(
      [positioned[group]!],
      visible.map((index) => positioned[index]!),
      visible.map((index) => groups[index]!),
      dim,
      config,
      scope(parameter, 'taskSelfAttention'),
    );
    const a = norm(first ? taskSelfAttention : add(q, taskSelfAttention), 1); // the first layer has no residual
    const query = add(a, tokens[group]!);
    const taskToFace = multiHead(
      [query],
      [faceKeys],
      [face],
      dim / 2,
      config,
      scope(parameter, 'taskToFace'),
    );
    const b = norm(add(a, taskToFace), 2);
    const hidden = relu(declareLinear(b, scope(parameter, 'mlp.fc1'), dim, config.mlpDim));
    return norm(add(b, declareLinear(hidden, scope(parameter, 'mlp.fc2'), config.mlpDim, dim)), 3);
  });

  const [base] = updated as [Value];
  const baseKeys = add(base, tokens[0]!);
  const faceToTask = multiHead(
    [faceKeys],
    [baseKeys],
    [base],
    dim / 2,
    config,
    scope(parameter, 'faceToTask'),
  );
  return { groups: updated, face: norm(add(face, faceToTask), 4) };
}

/** Projects to `inner` channels, attends in `config.heads` heads, projects back. Lists are joined along tokens. */
function multiHead(
  q: readonly Value[],
  k: readonly Value[],
  v: readonly Value[],
  inner: number,
  { dim, heads }: DecoderConfig,
  parameter: ParameterFactory,
): Value {
  const project = (parts: readonly Value[], name: string): Value => {
    const weight = parameter(`${name}.weight`, [inner, dim]);
    const bias = parameter(`${name}.bias`, [inner]);
    return concat(
      parts.map((part) => linear(part, weight, bias)),
      -2,
    );
  };
  const mixed = attention(project(q, 'q'), project(k, 'k'), project(v, 'v'), { heads });
  return declareLinear(mixed, scope(parameter, 'out'), inner, dim);
}
