import { readJson } from './read.ts';

interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** `bench/plugin/accuracy.json`: a task taught from 500 photos. */
export interface PluginAccuracy {
  readonly command: string;
  readonly date: string;
  readonly cpu: string;
  readonly 'photos to checkpoint': {
    readonly wallSeconds: number;
    readonly cpuSeconds: number;
    readonly threads: number;
    readonly photos: Readonly<Record<string, number>>;
  };
  readonly 'test photos': readonly string[];
  readonly 'balanced accuracy on the test photos': Readonly<Record<string, Estimate>>;
}

/** `bench/plugin/latency.json`: what plug-ins cost. */
export type PluginLatency = {
  readonly command: string;
  readonly date: string;
  readonly cpu: string;
} & Readonly<Record<string, Readonly<Record<string, number>> | string | boolean>>;

/** Undefined where nothing has been measured. */
export interface PluginData {
  readonly accuracy: PluginAccuracy | undefined;
  readonly latency: PluginLatency | undefined;
}

declare const data: PluginData;

export { data };

export default {
  watch: ['../../../../bench/plugin/*.json'],
  load: (): PluginData => ({
    accuracy: readJson('bench/plugin/accuracy.json'),
    latency: readJson('bench/plugin/latency.json'),
  }),
};
