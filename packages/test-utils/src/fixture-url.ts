/** Where a file of the repository's `fixtures` folder lies; in a browser test the address that it is served from. */
export const fixtureUrl = (name: string): URL => new URL(`../../../fixtures/${name}`, import.meta.url);
