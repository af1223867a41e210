import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Coder, encodeScreenReply, LIMITS, type Picture, type Rect } from '@porthole/protocol';
import type { Pixels } from '../../packages/agent/src/features/screen/backend.ts';
import type { FragileCoders } from '../../packages/agent/src/features/screen/host/coders/sharedCoders.ts';
import { openVideoEncoder } from '../../packages/agent/src/features/screen/host/coders/video/openVideoEncoder.ts';
import type { VideoEncoder } from '../../packages/agent/src/features/screen/host/coders/video/videoEncoder.ts';
import { grainyPicture } from '../support/grainyPicture.ts';
import type { BufferViewer } from './bufferViewer.ts';
import { PaintedSource } from './paintedSource.ts';
import { Theatre } from './theatre.ts';

const AREA: Rect = { x: 20, y: 20, width: 400, height: 300 };

const PICTURES = Array.from({ length: 8 }, (_, index) => bgrOf(grainyPicture({ ...AREA, index, grain: 12 })));

function bgrOf({ data, stride, width, height }: Pixels): Uint8Array {
  const bgr = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = Math.floor(pixel / width) * stride + (pixel % width) * 4;
    bgr.set(data.subarray(at, at + 3), pixel * 3);
  }
  return bgr;
}

/** A display that shows a film to a viewer who wants `picture`, over a link of so many kB/s. */
class Cinema {
  readonly theatre: Theatre;
  readonly viewer: BufferViewer;
  readonly channel: number;

  constructor({ picture, maxKBps }: { picture: Picture; maxKBps: number }, coders: Partial<FragileCoders> = {}) {
    this.theatre = new Theatre(new PaintedSource(480, 360), LIMITS.lossyWindow, coders);
    const { channel, viewer } = this.theatre.join();
    this.viewer = viewer;
    this.channel = channel;
    const wishes = { codecs: ['avc1.4D401F'], picture, maxFps: 60, maxKBps };
    this.theatre.stream.receive(channel, encodeScreenReply({ type: 'wish', wishes }), this.theatre.now);
  }

  drawn(coder: Coder): number {
    return this.viewer.drawn.get(coder) ?? 0;
  }

  /** Plays until `isDone`. A real encoder needs pauses to be opened in. */
  async play(isDone: () => boolean): Promise<void> {
    for (let pictures = 0; !isDone(); pictures++) {
      assert.ok(pictures < 400, `it never happened: ${JSON.stringify([...this.viewer.drawn])}`);
      this.theatre.source.put(AREA, filmPicture(pictures));
      await this.theatre.turn();
      this.theatre.relay.deliver();
      await sleep(5);
    }
  }

  /** The film stops, and the viewer ends with the display's picture. */
  async end(): Promise<void> {
    await this.theatre.settle();
    this.theatre.assertAllSeeTheSource();
    assert.ok(this.viewer.isExact);
  }
}

test('over a slow link a film that stopped is made exact with WebP, and where that is not to be had, without', async () => {
  const whole = new Cinema({ picture: 'auto', maxKBps: 400 });
  await whole.play(() => whole.drawn(Coder.video) > 5);
  await whole.end();
  assert.ok(whole.drawn(Coder.webp) > 0);

  let attempts = 0;
  const encodeWebp = async () => {
    attempts++;
    throw new Error('no FFmpeg on this device');
  };
  const lacking = new Cinema({ picture: 'auto', maxKBps: 400 }, { encodeWebp });
  for (let times = 0; times < 2; times++) {
    const before = lacking.drawn(Coder.video);
    await lacking.play(() => lacking.drawn(Coder.video) > before + 5);
    await lacking.end();
  }
  assert.ok(lacking.drawn(Coder.rgb) > 0);
  assert.equal(attempts, 1);
  assert.deepEqual(lacking.theatre.troubles, ['Lossless WebP is not to be had: Error: no FFmpeg on this device']);
});

test('a viewer that starts anew while a film pauses gets the film region too', async () => {
  const cinema = new Cinema({ picture: 'smooth', maxKBps: 0 });
  await cinema.play(() => cinema.drawn(Coder.video) > 5);
  await cinema.end();
  const before = cinema.drawn(Coder.video);
  cinema.viewer.rgba.fill(0);
  cinema.theatre.stream.refresh(cinema.channel);
  await cinema.end();
  assert.ok(cinema.drawn(Coder.video) > before, 'the region was alive');
});

test('an encoder that breaks in the middle of a film is told of, and the film goes on by other means, and exactly', async () => {
  let pictures = 0;
  const coders = encodersThat(async (encode, encoder) => {
    // The real one refuses every picture from here on.
    if (++pictures === 8) encoder.close();
    return await encode();
  });
  const cinema = new Cinema({ picture: 'smooth', maxKBps: 0 }, coders);
  await cinema.play(() => pictures >= 8);
  const [videos, images] = [cinema.drawn(Coder.video), cinema.drawn(Coder.jpeg)];
  assert.ok(videos > 0);
  await cinema.play(() => cinema.drawn(Coder.jpeg) > images + 20);
  assert.equal(cinema.drawn(Coder.video), videos);
  assert.deepEqual(cinema.theatre.troubles, ['Video broke: the encoder is closed']);
  await cinema.end();
});

test('the picture that an encoder broke at is sent by other means at once', async () => {
  let pictures = 0;
  let images = 0;
  const coders = encodersThat(async (encode, encoder) => {
    if (++pictures === 8) encoder.close();
    images = cinema.drawn(Coder.jpeg);
    return await encode();
  });
  const cinema = new Cinema({ picture: 'smooth', maxKBps: 0 }, coders);
  await cinema.play(() => pictures === 8);
  assert.ok(cinema.drawn(Coder.jpeg) > images);
  await cinema.end();
  assert.equal(cinema.theatre.troubles.length, 1);
});

test('where video cannot be coded at all, a film is images, and that is told once in a while', async () => {
  const openEncoder = () => Promise.reject(new Error('no encoder on this device'));
  const cinema = new Cinema({ picture: 'smooth', maxKBps: 0 }, { openEncoder });
  await cinema.play(() => cinema.drawn(Coder.jpeg) > 60);
  await cinema.end();
  assert.deepEqual(cinema.theatre.troubles, ['Video broke: no encoder on this device']);
});

/** B G R of a film's picture; there are a few, over and over. */
function filmPicture(index: number): Uint8Array {
  return PICTURES[index % PICTURES.length] ?? new Uint8Array();
}

/** The real encoders, with something else to happen around each picture. */
function encodersThat(
  encode: (real: () => ReturnType<VideoEncoder['encode']>, encoder: VideoEncoder) => ReturnType<VideoEncoder['encode']>,
): Partial<FragileCoders> {
  return {
    openEncoder: async (options) => {
      const encoder = await openVideoEncoder(options);
      return {
        get codec() {
          return encoder.codec;
        },
        encoder: encoder.encoder,
        encode: (pixels, how) => encode(() => encoder.encode(pixels, how), encoder),
        setRate: (bytesPerSecond, fps) => encoder.setRate(bytesPerSecond, fps),
        close: () => encoder.close(),
      };
    },
  };
}
