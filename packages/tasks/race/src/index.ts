export { type Race, type RaceLabel, race } from './race.js';
