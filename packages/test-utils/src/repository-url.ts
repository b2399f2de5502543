/** Where a file of the repository lies, by its path from the root; in Node only. */
export const repositoryUrl = (path: string): URL => new URL(`../../../${path}`, import.meta.url);
