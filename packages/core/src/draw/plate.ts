/** The background of a card; lengths are relative to its text size. */
export const PLATE = {
  corner: 0.6,
  fill: '#0b1020',
  opacity: 0.8,
  rim: '#ffffff',
  rimOpacity: 0.28,
  rimWidth: 0.07,
} as const;
