import { classify, createAnalyzer, openCheckpoint, plugin, type Runtime } from '@facexformer/core';
import { exportOnnx, reduceMean } from '@facexformer/core/graph';
import { cropBox, normalizeInto, resizeBicubic } from '@facexformer/core/image';
import { buildModel } from '@facexformer/core/model';
import { photosOfFolder } from '@facexformer/data';
import { blazeFace } from '@facexformer/detector';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { attributes } from '@facexformer/tasks';
import { trainTask } from '@facexformer/train/frozen';
import { diskCache } from '@facexformer/train/frozen/node';
import { auc } from '../../packages/train/src/frozen/metrics/auc.js';
import { measure } from '../../packages/train/src/frozen/metrics/bootstrap.js';
import { type Metric, mean, type Row } from '../../packages/train/src/frozen/metrics/row.js';
import { logisticRegression } from './probe.js';

const LABELS = ['without', 'with'] as const;

const balancedAccuracy: Metric = (rows) =>
  mean(
    [0, 1].map((stratum) =>
      mean(
        rows.flatMap((row) => (row.stratum === stratum ? [Number(row.raw[0]! > 0 === (stratum === 1))] : [])),
      ),
    ),
  );

const area: Metric = (rows) =>
  auc(
    rows.map(({ raw }) => raw[0]!),
    rows.map(({ stratum }) => stratum === 1),
  );

const measured = (rows: Readonly<Record<string, readonly Row[]>>, metric: Metric): object =>
  Object.fromEntries(Object.entries(rows).map(([name, list]) => [name, measure(metric, list, 1)]));

/** Trains the plug-in and the probe on `train`, measures them and the base's attribute head on `test`. */
export async function compare(options: {
  readonly folder: string;
  readonly model: string;
  readonly threads: number;
  readonly cache: string;
}): Promise<object> {
  const { folder, model, threads, cache } = options;
  const runtime = nodeRuntime({ device: 'cpu', threads });
  const open = async () => openCheckpoint(await fileSource(model));
  const task = classify('eyeglasses', { id: 'eyeglasses@1', labels: LABELS });

  const [started, usage] = [performance.now(), process.cpuUsage()];
  const base = await open();
  const trained = await trainTask({
    task,
    base,
    runtime,
    detector: blazeFace(),
    cache: await diskCache(cache),
    data: photosOfFolder(`${folder}/train`),
  });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(usage);

  const probe = await fitProbe(runtime, base, `${folder}/train`);
  const analyzer = await createAnalyzer({
    runtime,
    checkpoint: await open(),
    tasks: [attributes(), plugin(task, trained.checkpoint)],
    detector: blazeFace(),
  });
  const rows: Record<'plugin' | 'linearProbe' | 'attributeHead', Row[]> = {
    plugin: [],
    linearProbe: [],
    attributeHead: [],
  };
  for await (const { image, label } of photosOfFolder(`${folder}/test`)) {
    const pixels = await runtime.decode(image);
    const [face] = await analyzer.analyze(pixels);
    if (!face) continue;
    const stratum = LABELS.indexOf(label as (typeof LABELS)[number]);
    const add = (list: Row[], score: number): void => {
      list.push({ raw: Float32Array.of(score), target: Float32Array.of(stratum), stratum });
    };
    add(rows.plugin, face.eyeglasses.probabilities.with - 0.5);
    add(rows.attributeHead, face.attributes.probabilities.Eyeglasses - 0.5);
    add(rows.linearProbe, await probe(pixels, face.box));
  }
  await analyzer.dispose();
  await base.close();
  return {
    model: base.info.provenance.name,
    contentHash: base.info.contentHash,
    'photos to checkpoint': {
      wallSeconds: seconds,
      cpuSeconds: (user + system) / 1e6,
      threads,
      epochs: trained.epochs.length,
      photos: trained.counts,
      skipped: trained.skipped.length,
    },
    'metrics that trainTask reported': trained.metrics,
    'test photos': [0, 1].map(
      (s) => `${rows.plugin.filter(({ stratum }) => stratum === s).length} ${LABELS[s]}`,
    ),
    'balanced accuracy on the test photos': measured(rows, balancedAccuracy),
    'area under the ROC curve on the test photos': measured(rows, area),
  };
}

/** Mean of each channel of each backbone scale, standardised, then logistic regression. */
async function fitProbe(
  runtime: Runtime<string | Uint8Array>,
  checkpoint: Awaited<ReturnType<typeof openCheckpoint>>,
  folder: string,
): Promise<
  (pixels: Parameters<typeof resizeBicubic>[0], box: Parameters<typeof cropBox>[0]) => Promise<number>
> {
  const { model } = checkpoint.info;
  const { features } = buildModel(model, { tasks: [] });
  const outputs = Object.fromEntries(features.map(({ tokens }, i) => [`scale${i}`, reduceMean(tokens, [1])]));
  const session = await runtime.open((target, { external }) =>
    exportOnnx({ outputs, parameters: checkpoint, target, external }),
  );
  const pooled = async (
    pixels: Parameters<typeof resizeBicubic>[0],
    box: Parameters<typeof cropBox>[0],
  ): Promise<readonly number[]> => {
    const { height, width } = model.input;
    const data = new Float32Array(3 * height * width);
    normalizeInto(
      resizeBicubic(pixels, model.input, cropBox(box, pixels, model.crop)),
      model.normalization,
      data,
      0,
    );
    const found = await session.run({ image: { dims: [1, 3, height, width], data } });
    return Object.values(found).flatMap((part) => [...part.data]);
  };
  const detector = await blazeFace()(runtime);
  const rows: (readonly number[])[] = [];
  const truth: number[] = [];
  for await (const { image, label } of photosOfFolder(folder)) {
    const pixels = await runtime.decode(image);
    const [face] = await detector.detect(pixels);
    if (!face) continue;
    rows.push(await pooled(pixels, face.box));
    truth.push(LABELS.indexOf(label as (typeof LABELS)[number]));
  }
  const predict = logisticRegression(rows, truth);
  return async (pixels, box) => predict(await pooled(pixels, box));
}
