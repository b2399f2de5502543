import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { checkOptions, demand, FLAG, TEXT } from '@facexformer/core/arguments';
import { readShard } from '../archive/tar.js';
import { celebaGroups } from '../conventions/celeba-attributes.js';
import { lapaClassOf } from '../conventions/celebamask.js';
import { placeOf } from '../framing/framing.js';
import { FOLDER } from '../photos/folder.js';
import { unreadable } from '../reading/errors.js';
import { fieldReader } from '../reading/fields.js';
import { readLines } from '../reading/lines.js';
import type { Labels, Sample, Samples } from '../sample/sample.js';
import { type FaceRecord, parseRecord } from './record.js';
import { readTeachers, TEACHER_WEIGHT, type TeacherAnswer } from './teachers.js';

/** A set of a folder of sets, which the README of @facexformer/data describes. */
export interface FaceSet {
  readonly name: string;
  /** Photos of the split. */
  readonly count: number;
  /** Reads one shard at a time. @throws {FaceXFormerError} `BAD_OPTION`, `NOT_FOUND`. */
  samples(): Samples;
}

/** What {@link readFaces} adds. */
export interface ReadFacesOptions {
  /**
   * Also labels that are not the set's own, for training: what teacher networks say, with weights below 1, the gender
   * that CelebA's attribute `Male` tells, and the annotators' votes in the place of their majority. None by default:
   * evaluation is for ground truth.
   */
  readonly inferred?: boolean;
}

/**
 * The sets of a folder that have the split, by name. Only `<set>/<split>.jsonl`, the shards that it names and the
 * teachers' answers, if they are asked for, are read.
 * @throws {FaceXFormerError} `NOT_FOUND` when there is no such folder, or no set in it with this split; `BAD_OPTION`
 * for a line that is not as the format says.
 */
export async function readFaces(
  folder: string,
  split: string,
  options: ReadFacesOptions = {},
): Promise<readonly FaceSet[]> {
  demand(folder, FOLDER, 'readFaces: folder');
  demand(split, { ...TEXT, words: 'a split such as train, val or test' }, 'readFaces: split');
  checkOptions('readFaces', options, { inferred: FLAG });
  const entries = await readdir(folder, { withFileTypes: true }).catch(unreadable(`the folder ${folder}`));
  const names = entries.flatMap((entry) => (entry.isFile() ? [] : [entry.name])).sort();
  const sets = await Promise.all(names.map((name) => readSet(folder, name, split, options)));
  const found = sets.filter((set) => set !== undefined);
  if (found.length === 0) {
    throw new FaceXFormerError(
      'NOT_FOUND',
      `${folder} holds no set with a file ${split}.jsonl: the README of @facexformer/data shows what a folder of sets holds`,
    );
  }
  return found;
}

/**
 * One set of such a folder; undefined where it lacks the split.
 * @throws {FaceXFormerError} `NOT_FOUND`, `BAD_OPTION`.
 */
export async function readSet(
  faces: string,
  name: string,
  split: string,
  options: ReadFacesOptions = {},
): Promise<FaceSet | undefined> {
  demand(faces, FOLDER, 'readSet: faces');
  demand(name, TEXT, 'readSet: name');
  demand(split, { ...TEXT, words: 'a split such as train, val or test' }, 'readSet: split');
  checkOptions('readSet', options, { inferred: FLAG });
  const { inferred = false } = options;
  const folder = join(faces, name);
  const lines = await readLines(join(folder, `${split}.jsonl`));
  if (!lines) return undefined;
  const records = lines.map((entry) => parseRecord(fieldReader(entry)));
  const teachers = inferred ? await readTeachers(folder) : undefined;
  return {
    name,
    count: records.length,
    async *samples() {
      let shard = '';
      let members: ReadonlyMap<string, Uint8Array> = new Map();
      for (const record of records) {
        if (record.shard !== shard) {
          shard = record.shard;
          members = await readShard(join(folder, shard));
        }
        const member = (file: string): Uint8Array => {
          const bytes = members.get(file);
          if (!bytes) {
            throw new FaceXFormerError('NOT_FOUND', `${join(folder, shard)} has no member "${file}"`);
          }
          return bytes;
        };
        const sample = sampleOf(name, record, member);
        yield teachers ? infer(sample, record, teachers.get(record.image)) : withIdentity(sample, record);
      }
    },
  };
}

function sampleOf(
  set: string,
  { image, mask, labels, size, box }: FaceRecord,
  member: (file: string) => Uint8Array,
): Sample {
  const place = placeOf(set);
  const { attributes } = labels;
  return {
    name: image,
    set,
    image: member(image),
    labels,
    ...(mask !== undefined && { masks: { parsing: [{ image: member(mask), classOf: lapaClassOf }] } }),
    ...(Array.isArray(attributes) && { groups: celebaGroups(attributes) }),
    ...(size && { size }),
    ...(box && { box }),
    ...(place && { place }),
  };
}

const withIdentity = (sample: Sample, { identity }: FaceRecord): Sample =>
  identity === undefined
    ? sample
    : { ...sample, labels: { ...sample.labels, recognition: { who: identity } } };

/** Adds what the set does not say itself; its own labels are left as they are. */
function infer(
  sample: Sample,
  { votes }: FaceRecord,
  { box = sample.box, weights, ...answers }: TeacherAnswer = {},
): Sample {
  const { labels, groups } = sample;
  const inferred: Labels = Object.fromEntries(Object.entries(answers).filter(([task]) => !(task in labels)));
  return {
    ...sample,
    labels: {
      ...(groups?.gender !== undefined && { gender: groups.gender }),
      ...inferred,
      ...labels,
      ...votes,
    },
    weights: Object.fromEntries(
      Object.keys(inferred).map((task) => [task, weights?.[task] ?? TEACHER_WEIGHT]),
    ),
    ...(box && { box: sample.box ?? box }),
  };
}
