import { PixelKernel } from '@porthole/pixels';
import type { SharedCoders } from '../coders/sharedCoders.ts';
import { VideoCoder } from '../coders/videoCoder.ts';
import { DisplayReader } from './displayReader.ts';
import { PictureMaker } from './pictureMaker.ts';
import { SentPicture } from './sentPicture.ts';
import type { View } from './view.ts';

/** What pictures of a view are made with. */
export async function openMaker(view: View, coders: SharedCoders): Promise<PictureMaker> {
  const kernel = await PixelKernel.open(view.width, view.height);
  const reader = await DisplayReader.open(view, kernel);
  const video = new VideoCoder((options) => coders.openEncoder(options), coders);
  return new PictureMaker({ sent: new SentPicture(view, kernel), reader, coders, video });
}
