/** The ground of a card; lengths relative to its letters. */
export const PLATE = {
  corner: 0.6,
  fill: '#0b1020',
  opacity: 0.8,
  rim: '#ffffff',
  rimOpacity: 0.28,
  rimWidth: 0.07,
} as const;
