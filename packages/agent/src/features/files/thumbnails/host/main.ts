import { Socket } from 'node:net';
import { FramedPipe } from '../../../../base/framedPipe.ts';
import { loadAv } from './av.ts';
import type { NoPicture, TakePicture } from './pictureMessages.ts';
import { takePicture } from './takePicture.ts';

/** The picture process: what decodes hostile files runs here alone. Descriptor 3 is the pipe to the agent; when it closes, so does this. */
const stream = new Socket({ fd: 3 });
const loading = loadAv();
loading.catch(() => undefined);
const pipe: FramedPipe<NoPicture, TakePicture> = new FramedPipe(stream, {
  control: (ask) => void answer(ask),
  data: () => undefined,
});
stream.on('close', () => process.exit(0));
stream.on('error', () => process.exit(0));

async function answer({ job, path, size }: TakePicture): Promise<void> {
  try {
    pipe.data(job, true, takePicture(await loading, path, size));
  } catch {
    // Whatever is wrong with the file, the answer is the same.
    pipe.control({ job });
  }
}
