import type { Figures, Headline, Verdict } from '@facexformer/core/task';
import { bootstrap, type Interval } from '@facexformer/statistics';
import type { Judged } from '../judging/figures.js';

/** A figure in one group of people. */
export interface GroupFigure extends Interval {
  readonly group: string;
  readonly n: number;
  readonly value: number;
}

/** A figure compared between the groups of one dimension. */
export interface Comparison {
  readonly headline: Headline;
  /** Such as `gender`, or `gender (predicted)` where the set has no such labels. */
  readonly dimension: string;
  readonly groups: readonly GroupFigure[];
  /** Best minus worst group, without sign. Chance alone makes it positive: its interval says how far. */
  readonly gap: Interval & { readonly value: number };
}

/** Smaller groups say nothing. */
const SMALLEST_GROUP = 30;

interface Member {
  readonly group: string;
  readonly verdict: Verdict;
}

/** Compares a task's headline figures between the groups of every dimension that has at least two. */
export function audit({ metrics, verdicts, outcomes }: Judged): readonly Comparison[] {
  const dimensions = [...new Set(outcomes.flatMap(({ groups }) => Object.keys(groups)))];
  return dimensions.flatMap((dimension) => {
    const members = outcomes.flatMap(({ groups }, i): Member[] => {
      const group = groups[dimension];
      return group === undefined ? [] : [{ group, verdict: verdicts[i]! }];
    });
    const sizes = new Map<string, number>();
    for (const { group } of members) sizes.set(group, (sizes.get(group) ?? 0) + 1);
    const names = [...sizes.keys()].filter((name) => sizes.get(name)! >= SMALLEST_GROUP).sort();
    const own = metrics.headlines.filter(({ audited }) => audited);
    if (names.length < 2 || own.length === 0) return [];
    return compare(members, names, own, (list) => metrics.figures(list), dimension);
  });
}

function compare(
  all: readonly Member[],
  names: readonly string[],
  headlines: readonly Headline[],
  figures: (verdicts: readonly Verdict[]) => Figures,
  dimension: string,
): readonly Comparison[] {
  const members = all.filter(({ group }) => names.includes(group));
  const byGroup = (list: readonly Member[]): readonly Figures[] =>
    names.map((name) => figures(list.flatMap(({ group, verdict }) => (group === name ? [verdict] : []))));
  const actual = byGroup(members);
  const parts = headlines.map(({ figure }) => commonParts(figure, actual));
  /** `figure|group` and `figure` for the gap. */
  const flat = (groups: readonly Figures[]): Figures => {
    const entries = headlines.flatMap(({ figure }, h): [string, number][] => {
      const values = groups.map((group) => figureOf(group, figure, parts[h]!));
      if (values.some((value) => value === undefined)) return [];
      const known = values as readonly number[];
      return [
        ...known.map((value, i): [string, number] => [`${figure}|${names[i]}`, value]),
        [figure, Math.max(...known) - Math.min(...known)],
      ];
    });
    return Object.fromEntries(entries);
  };
  const values = flat(actual);
  const intervals = bootstrap(members, (list) => flat(byGroup(list)));
  return headlines.flatMap((headline): Comparison[] => {
    const { figure } = headline;
    if (values[figure] === undefined) return [];
    const at = (key: string) => ({ value: values[key]!, ...intervals[key]! });
    const groups = names.map((group) => ({
      group,
      n: members.filter((member) => member.group === group).length,
      ...at(`${figure}|${group}`),
    }));
    return [{ headline, dimension, groups, gap: at(figure) }];
  });
}

/**
 * The figures that `name` is the mean of, as far as every group has them: men without lipstick must not be compared
 * with women by a mean that includes it.
 */
function commonParts(name: string, groups: readonly Figures[]): readonly string[] {
  const prefix = `${name}.`;
  return Object.keys(groups[0]!).filter(
    (key) => key.startsWith(prefix) && groups.every((group) => group[key] !== undefined),
  );
}

function figureOf(figures: Figures, name: string, parts: readonly string[]): number | undefined {
  if (parts.length === 0) return figures[name];
  return parts.reduce((sum, part) => sum + figures[part]!, 0) / parts.length;
}
