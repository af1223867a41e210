/** How a picture lies on its stage. */
export interface ImagePose {
  /** CSS pixels per pixel of the picture; undefined while it fits itself in. */
  scale: number | undefined;
  /** From the middle of the stage, in CSS pixels. */
  x: number;
  y: number;
  /** Quarter turns clockwise, 0 to 3. */
  turns: number;
}

export const FIT: ImagePose = { scale: undefined, x: 0, y: 0, turns: 0 };

const MIN_SCALE = 0.01;
const MAX_SCALE = 64;

interface Size {
  width: number;
  height: number;
}

/** The scale at which all of the picture shows; small pictures keep their size. */
export function fitScale(picture: Size, stage: Size, turns: number): number {
  const [width, height] = turns % 2 === 0 ? [picture.width, picture.height] : [picture.height, picture.width];
  if (width === 0 || height === 0) return 1;
  return Math.min(1, stage.width / width, stage.height / height) || 1;
}

/** Larger or smaller by a factor, with `point` (from the middle of the stage) staying where it is. */
export function zoomAt(pose: ImagePose, by: number, point: { x: number; y: number }, fit: number): ImagePose {
  const before = pose.scale ?? fit;
  const scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, before * by));
  const real = scale / before;
  return { ...pose, scale, x: point.x - (point.x - pose.x) * real, y: point.y - (point.y - pose.y) * real };
}
