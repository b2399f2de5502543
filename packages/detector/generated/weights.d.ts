/** Where each parameter lies in {@link data}, counted in half-precision values. */
export const tensors: Readonly<Record<string, { readonly offset: number; readonly length: number }>>;
/** Little-endian half-precision values as base64. */
export const data: string;
