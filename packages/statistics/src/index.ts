export { type BootstrapOptions, bootstrap, type Interval } from './bootstrap.js';
export { type ChartLayout, type ChartLine, type LineChart, lineCharts } from './line-charts.js';
export { normal, permutation, random } from './random.js';
