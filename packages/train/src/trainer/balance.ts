import type { FaceLabels } from '../data/record.js';
import type { ParameterSlot } from '../step/parameters.js';

/**
 * Takes a share of each attribute's log odds among the training labels off its logit, by the last bias. With 0 the head
 * answers for faces as the training photos have them, with 1 as if every attribute were as common as its absence
 * (logit adjustment, Menon et al. 2021, arXiv 2007.07314). Returns a copy.
 */
export function balanceAttributes(
  parameters: Float32Array,
  slots: readonly ParameterSlot[],
  labels: readonly FaceLabels[],
  share: number,
): Float32Array {
  const balanced = parameters.slice();
  const bias = slots.find(({ name }) => name === 'tasks.attributes.head.fc3.bias');
  const known = labels.flatMap(({ attributes }) => (attributes ? [attributes] : []));
  if (!bias || known.length === 0) return balanced;
  for (let i = 0; i < bias.length; i += 1) {
    const present = known.reduce((sum, attributes) => sum + attributes[i]!, 0);
    const odds = (present + 1) / (known.length - present + 1); // never 0 or infinite
    balanced[bias.start + i]! -= share * Math.log(odds);
  }
  return balanced;
}
