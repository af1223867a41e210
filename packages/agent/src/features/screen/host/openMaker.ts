import { PixelKernel } from '@porthole/pixels';
import { PictureMaker } from './pictureMaker.ts';
import { openVideoEncoder } from './video/openVideoEncoder.ts';
import { VideoCoder } from './videoCoder.ts';
import type { View } from './view.ts';

/** What pictures of a view are made with. */
export async function openMaker(view: View): Promise<PictureMaker> {
  return new PictureMaker(view, await PixelKernel.open(view.width, view.height), new VideoCoder(openVideoEncoder));
}
