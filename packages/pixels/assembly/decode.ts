// From coded pixels to the words of a canvas, 0xAABBGGRR.

const OPAQUE: u32 = 0xff00_0000;

/** One word per index byte; `colours` are 256 words. */
export function paletteToWords(indices: usize, count: i32, colours: usize, words: usize): void {
  for (let at = 0; at < count; at++) {
    store<u32>(words, load<u32>(colours + ((<usize>load<u8>(indices + at)) << 2)));
    words += 4;
  }
}

/** Rows of R G B, each the difference to the pixel on its left; the last pixel is read as 4 bytes. */
export function differencesToWords(deltas: usize, width: i32, height: i32, words: usize): void {
  for (let y = 0; y < height; y++) {
    let colour: u32 = 0;
    for (let x = 0; x < width; x++) {
      const delta = load<u32>(deltas);
      // Sums of bytes side by side: the top bits are added apart, so that nothing is carried over.
      colour = ((colour & 0x7f_7f7f) + (delta & 0x7f_7f7f)) ^ ((colour ^ delta) & 0x80_8080);
      store<u32>(words, colour | OPAQUE);
      deltas += 3;
      words += 4;
    }
  }
}
