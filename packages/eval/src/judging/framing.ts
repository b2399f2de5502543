import type { Box, Face, Size } from '@facexformer/core';

/** Where crops come from: found by the detector as for a user, or the usual square of each set. */
export type Framing = 'detector' | 'fixed';

/** The largest of the faces that cover the photo's centre, or else the one nearest to it. */
export function mainFace<F extends { readonly box: Box }>(
  faces: readonly F[],
  { width, height }: Size,
): F | undefined {
  const offCentre = ({ box }: F): number =>
    Math.hypot(
      Math.max(box.x - width / 2, 0, width / 2 - box.x - box.width),
      Math.max(box.y - height / 2, 0, height / 2 - box.y - box.height),
    );
  const area = ({ box }: F): number => box.width * box.height;
  return faces.toSorted((a, b) => offCentre(a) - offCentre(b) || area(b) - area(a))[0];
}

/**
 * A face that nobody found, with a score of 0: a square about `place`, in whole pixels; without a place, the largest
 * about the photo's centre.
 */
export function placedFace(place: Box | undefined, { width, height }: Size): Face {
  const wanted = place ? Math.max(place.width * width, place.height * height) : Math.min(width, height);
  const side = Math.max(1, Math.round(wanted));
  const centre = { x: place ? place.x + place.width / 2 : 0.5, y: place ? place.y + place.height / 2 : 0.5 };
  const corner = (share: number, size: number): number => Math.round(share * size - side / 2);
  const crop = { x: corner(centre.x, width), y: corner(centre.y, height), width: side, height: side };
  return { box: crop, score: 0, crop };
}
