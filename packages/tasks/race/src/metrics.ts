import type { Classification } from '@facexformer/core';
import { groupsByLabel, judgeClassification, type Metrics } from '@facexformer/core/task';

/** Accuracy; the labels are groups of people that a bias audit compares. */
export const metrics: Metrics<Classification> = { ...judgeClassification('race'), ...groupsByLabel };
