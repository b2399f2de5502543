/** A file of its own, so that bundlers keep it out of what a page loads first. */
export { blazeFace } from '@facexformer/detector';
