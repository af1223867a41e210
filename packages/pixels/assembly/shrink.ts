import { partAt, strideOf } from './palette';
import { output, partHeight, partWidth } from './planes';

/** Writes the means of boxes of `factor` x `factor` pixels of the part to the output as words, row-major. */
export function shrinkPart(plane: i32, factor: i32): void {
  const stride = strideOf(plane);
  let to = output;
  for (let y = 0; y < partHeight; y += factor) {
    const row = partAt(plane) + <usize>y * stride;
    const tall = min(factor, partHeight - y);
    for (let x = 0; x < partWidth; x += factor) {
      store<u32>(to, meanOf(row + ((<usize>x) << 2), stride, min(factor, partWidth - x), tall));
      to += 4;
    }
  }
}

/** Sums of up to 16 bytes fit into 12 bits, so red and blue are added in one word. */
function meanOf(at: usize, stride: usize, wide: i32, tall: i32): u32 {
  let outer: u32 = 0;
  let green: u32 = 0;
  for (let row = 0; row < tall; row++) {
    for (let x = 0; x < wide; x++) {
      const word = load<u32>(at + ((<usize>x) << 2));
      outer += word & 0xff_00ff;
      green += (word >> 8) & 0xff;
    }
    at += stride;
  }
  const count = <u32>(wide * tall);
  // A product in place of a division, which costs several times as much; exact for sums that small.
  const share = ((1 << 20) + count - 1) / count;
  const half = count >> 1;
  return (
    (divide((outer >> 16) + half, share) << 16) |
    (divide(green + half, share) << 8) |
    divide((outer & 0xffff) + half, share)
  );
}

function divide(sum: u32, share: u32): u32 {
  return (sum * share) >> 20;
}
