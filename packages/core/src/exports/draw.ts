/** Pictures of results: as SVG and on a canvas. */
export { drawOnCanvas } from '../draw/canvas.js';
export type { CanvasContext, CanvasLike, CanvasPixels } from '../draw/canvas-context.js';
export { cardsHideFaces } from '../draw/cards.js';
export type { FaceDrawing } from '../draw/drawing.js';
export { maskPixels } from '../draw/mask.js';
export { toSvg } from '../draw/svg.js';
export { escapeXml, type TextMeasure, type TextRenderer } from '../draw/text.js';
