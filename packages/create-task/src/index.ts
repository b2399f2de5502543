export { createPackage } from './create.js';
export { Mistake } from './mistake.js';
export { type Kind, kinds, type Plan, planPackage, type Wishes } from './plan.js';
