import { partAt, strideOf } from './palette';
import { output, partHeight, partWidth } from './planes';

/** Writes R G B of every pixel of the part to the output, row-major, each as the difference to the pixel on its left. */
export function differencesOfPart(plane: i32): void {
  let from = partAt(plane);
  let to = output;
  for (let row = 0; row < partHeight; row++) {
    storePixel(to, load<u32>(from), 0);
    differencesOfRow(from + 4, to + 3);
    from += strideOf(plane);
    to += <usize>partWidth * 3;
  }
}

/** All but the first pixel of a row. Each store of four pixels writes 4 bytes more than it means to; the next ones mend that. */
function differencesOfRow(from: usize, to: usize): void {
  let left = partWidth - 1;
  for (; left >= 4; left -= 4) {
    const delta = i8x16.sub(v128.load(from), v128.load(from - 4));
    v128.store(to, i8x16.shuffle(delta, delta, 2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 0, 0, 0, 0));
    from += 16;
    to += 12;
  }
  for (; left > 0; left--) {
    storePixel(to, load<u32>(from), load<u32>(from - 4));
    from += 4;
    to += 3;
  }
}

function storePixel(to: usize, now: u32, before: u32): void {
  store<u8>(to, <u8>((now >> 16) - (before >> 16)));
  store<u8>(to, <u8>((now >> 8) - (before >> 8)), 1);
  store<u8>(to, <u8>(now - before), 2);
}
