import type { Box } from './canvas.ts';
import type { Clip } from './film/clip.ts';
import { keptFrames } from './film/keptFrames.ts';
import type { Workload } from './workload.ts';

/** A grainy film of 1280x720 at 30 frames a second. */
export const film = filmOf('film', '1280x720 film', { width: 1280, height: 720, frames: 60 });

/** The same kind of film over a whole display of 1920x1080. */
export const fullFilm = filmOf('fullfilm', 'full-screen film', { width: 1920, height: 1080, frames: 30 });

/** Shown from the top left corner, so that the strips are part of its frames. */
function filmOf(id: string, name: string, clip: Clip): Workload {
  const box: Box = { x: 0, y: 0, width: clip.width, height: clip.height };
  let frames: number[] = [];
  return {
    id,
    name,
    rate: 30,
    quality: { period: clip.frames, area: { ...box, y: 64, height: clip.height - 64 } },
    prepare: async (canvas) => {
      canvas.clear();
      frames = await keptFrames(canvas.display, clip);
      return undefined;
    },
    step: (canvas, step) => {
      const frame = frames[step % frames.length];
      if (frame !== undefined) canvas.show(frame, box);
      canvas.strip();
      canvas.frame(step);
    },
  };
}
