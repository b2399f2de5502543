export { type Gender, type GenderLabel, gender } from './gender.js';
