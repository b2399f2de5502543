export { type FaceSet, type ReadFacesOptions, readFaces, readSet } from './faces/read-faces.js';
export { type Frame, frameOf } from './framing/framing.js';
export { LAYOUTS, type LayoutReader } from './layouts/layouts.js';
export { isPhoto, labelsOfFolder, photosOfFolder } from './photos/folder.js';
export type { LabelledPhoto, Split } from './photos/photo.js';
export { photosOfTable } from './photos/table.js';
export { decodeLabels, decodePhoto, type PictureReader } from './sample/decode.js';
export type { Labels, MaskLayer, Sample, Samples } from './sample/sample.js';
