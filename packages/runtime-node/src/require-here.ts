/** The file of this code, which may be a bundle's; bundles in CommonJS have no `import.meta.url`. */
export const here: string = import.meta.url || __filename;

/** Finds packages from here on. Not by an import of `node:module`, whose `createRequire` bundlers take for their own. */
export const requireHere: NodeJS.Require = process.getBuiltinModule('node:module').createRequire(here);
