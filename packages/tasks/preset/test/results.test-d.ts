import type { Analyzer, Distinct, Results, Task } from '@facexformer/core';
import {
  type Age,
  age,
  allTasks,
  type GenderLabel,
  gender,
  landmarks,
  parsing,
  type Race,
} from '../src/index.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const exactly = <_ extends true>(): void => undefined;

/** The list check of `createAnalyzer`. */
declare function register<const Tasks extends readonly Task[]>(
  tasks: Tasks & Distinct<Tasks>,
): Results<Tasks>;

const results = register([age(), gender(), landmarks(), parsing()]);
exactly<Equal<keyof typeof results, 'age' | 'gender' | 'landmarks' | 'parsing'>>();
exactly<Equal<typeof results.age, Age>>();
exactly<Equal<typeof results.age.years, number>>();
exactly<Equal<typeof results.gender.label, GenderLabel>>();
exactly<Equal<GenderLabel, 'male' | 'female'>>();
exactly<Equal<typeof results.gender.probabilities.female, number>>();

// @ts-expect-error a task that was not registered
results.race;
// @ts-expect-error no such label
results.gender.label === 'other';
// @ts-expect-error results are read-only
results.age.years = 3;
// @ts-expect-error task "age" is registered twice
register([age(), gender(), age()]);

const everything = register(allTasks());
exactly<Equal<keyof typeof everything, ReturnType<typeof allTasks>[number]['name']>>();
exactly<Equal<typeof everything.race, Race>>();
exactly<Equal<(typeof everything.attributes.present)[number] extends string ? true : false, true>>();
// @ts-expect-error CelebA has no such attribute
everything.attributes.probabilities.Tall;

declare const analyzer: Analyzer<string, ReturnType<typeof allTasks>>;
const [face] = await analyzer.analyze('photo.jpg', { only: ['age'] });
exactly<Equal<NonNullable<typeof face>['age'], Age>>();
// @ts-expect-error left out by `only`
face?.gender;
// @ts-expect-error not a task
await analyzer.analyze('photo.jpg', { only: ['height'] });

const listed: readonly Task[] = [age()];
exactly<Equal<Results<typeof listed>[string], unknown>>();
