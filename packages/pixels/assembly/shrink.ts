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

/** Sums of a row's 64 bytes at most fit into 16 bits, so red and blue of it are added in one word. */
function meanOf(at: usize, stride: usize, wide: i32, tall: i32): u32 {
  let red: u32 = 0;
  let green: u32 = 0;
  let blue: u32 = 0;
  for (let row = 0; row < tall; row++) {
    let outer: u32 = 0;
    for (let x = 0; x < wide; x++) {
      const word = load<u32>(at + ((<usize>x) << 2));
      outer += word & 0xff_00ff;
      green += (word >> 8) & 0xff;
    }
    red += outer >> 16;
    blue += outer & 0xffff;
    at += stride;
  }
  const count = <u32>(wide * tall);
  const half = count >> 1;
  // A product in place of a division, which costs several times as much; exact for sums that small.
  const share = (((<u64>1) << 32) + count - 1) / count;
  return (divide(red + half, share) << 16) | (divide(green + half, share) << 8) | divide(blue + half, share);
}

function divide(sum: u32, share: u64): u32 {
  return <u32>((<u64>sum * share) >> 32);
}
