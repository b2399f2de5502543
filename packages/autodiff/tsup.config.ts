export { recipe as default } from '../../tsup.base.ts';
