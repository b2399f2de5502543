import { BETAS, decays, describeGraph, type ModelParameters } from '@facexformer/autodiff';
import { input, type Value } from '@facexformer/core/graph';
import { feedShapes, type StepPlan } from './plan.js';
import { planForward, planLosses } from './step.js';

/** Raw outputs and targets share names: the former get a prefix where both are feeds. */
const rawName = (name: string): string => `raw.${name}`;

/**
 * What another program needs to take the steps of a plan, by file name: `plan.json` with the graphs of the network and
 * its losses, the feeds, and where the parameters lie; `forward.bin` and `losses.bin` with their constants.
 */
export function describeSteps(
  plan: StepPlan,
  parameters: ModelParameters,
): Readonly<Record<string, string | Float32Array>> {
  const parts = parameters.slots.map(({ name, shape }) => input(name, shape));
  const outputs = planForward(plan, parameters, parts);
  const renamed = (values: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [rawName(name), value]));
  const asFeeds = Object.fromEntries(
    Object.entries(outputs).map(([name, { shape }]) => [name, input(rawName(name), shape)]),
  );
  const { constants: forwardConstants, ...forward } = describeGraph(renamed(outputs));
  const { constants: lossConstants, ...losses } = describeGraph({ ...planLosses(plan, asFeeds) });
  const { clip, weightDecay } = plan;
  const text = {
    forward,
    losses,
    feeds: Object.entries(feedShapes(plan)),
    slots: parameters.slots.map((slot) => ({ ...slot, decays: decays(slot) })),
    betas: BETAS,
    clip,
    weightDecay,
  };
  return { 'plan.json': JSON.stringify(text), 'forward.bin': forwardConstants, 'losses.bin': lossConstants };
}
