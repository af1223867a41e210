import type { Frame } from 'node-av/lib';
import { type Av, check } from './av.ts';
import type { Picture } from './turnUpright.ts';

/** A frame as B, G, R, A, its longer side at most `size` pixels, never larger than it was; pixels that are not square become so. */
export function scaleFrame(av: Av, frame: Frame, size: number): Picture {
  const { num, den } = frame.sampleAspectRatio;
  const shown = { width: frame.width * (num > 0 && den > 0 ? num / den : 1), height: frame.height };
  const factor = Math.min(1, size / Math.max(shown.width, shown.height));
  const [width, height] = [shown.width, shown.height].map((side) => Math.max(1, Math.round(side * factor)));
  const scaler = new av.SoftwareScaleContext();
  const target = new av.Frame();
  scaler.allocContext();
  target.alloc();
  try {
    scaler.setOption('sws_flags', av.SWS_AREA, av.AV_OPT_TYPE_FLAGS);
    target.width = width ?? 1;
    target.height = height ?? 1;
    target.format = av.AV_PIX_FMT_BGRA;
    check(target.getBuffer(0), 'no memory for a frame');
    target.colorSpace = av.AVCOL_SPC_RGB;
    target.colorRange = av.AVCOL_RANGE_JPEG;
    check(scaler.scaleFrameSync(target, frame), 'colours cannot be converted');
    return packed(target);
  } finally {
    scaler.freeContext();
    target.free();
  }
}

function packed({ data, linesize, width, height }: Frame): Picture {
  const [plane] = data ?? [];
  const [stride] = linesize;
  if (!plane || !stride) throw new Error('the frame has no memory');
  const rows = Buffer.allocUnsafe(width * height * 4);
  for (let y = 0; y < height; y++) rows.set(plane.subarray(y * stride, y * stride + width * 4), y * width * 4);
  return { data: rows, width, height };
}
