import type { Stage, StageListener } from '@facexformer/core';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Calls } from './calls.js';

/** Seconds, from the answers of a small model to a long queue. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Faces of a batch or a photo. */
const FACES = [0, 1, 2, 3, 4, 6, 8, 16, 32, 64];

/** What a server measures, for Prometheus. */
export interface ServerMetrics {
  /** For `onStage` of the analyzer: without it, stages and batches stay unknown. */
  readonly onStage: StageListener;
  /** A call was answered. */
  answered(status: number, seconds: number): void;
  /** Faces were found in a photo. */
  found(faces: number): void;
  /** Shows the calls of these routes as gauges. */
  watch(calls: Calls): void;
  /** All metrics in Prometheus' text format, those of the process and its event loop among them. */
  text(): Promise<string>;
  /** The media type of `text`. */
  readonly contentType: string;
}

/** Metrics in a registry of their own; pass them to the analyzer (`onStage`) and to the server. */
export function serverMetrics(): ServerMetrics {
  const registry = new Registry();
  const registers = [registry];
  // The resolution is part of every delay that it tells; prom-client's own of 10 ms hides what is to be seen.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 1 });
  const stages = new Histogram({
    name: 'facexformer_stage_seconds',
    help: 'Time of a stage: decode and detect of one photo, network of one batch, answers of the faces of one photo.',
    labelNames: ['stage'],
    buckets: SECONDS,
    registers,
  });
  const batches = new Histogram({
    name: 'facexformer_batch_faces',
    help: 'Faces that went through the network together.',
    buckets: FACES,
    registers,
  });
  const calls = new Histogram({
    name: 'facexformer_call_seconds',
    help: 'Time from the head of a call to the end of its answer.',
    labelNames: ['status'],
    buckets: SECONDS,
    registers,
  });
  const faces = new Histogram({
    name: 'facexformer_photo_faces',
    help: 'Faces found in a photo.',
    buckets: FACES,
    registers,
  });
  return {
    onStage(stage: Stage, count: number) {
      if (stage === 'network') batches.observe(count);
      return stages.startTimer({ stage });
    },
    answered: (status, seconds) => calls.observe({ status }, seconds),
    found: (count) => faces.observe(count),
    watch(open) {
      new Gauge({
        name: 'facexformer_calls',
        help: 'Calls that are being analysed, and that are received or wait for their turn.',
        labelNames: ['state'],
        registers,
        collect() {
          this.set({ state: 'running' }, open.running);
          this.set({ state: 'waiting' }, open.waiting);
        },
      });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
