import { partAt, strideOf } from './palette';
import { partHeight, partWidth, work } from './planes';

const SAMPLES_PER_SIDE: i32 = 64;
const BITS: u32 = 4096;

/**
 * 0 for what is drawn, towards 1 for photographs and film. Looks at up to 64x64 pixels spread over the part: the share whose
 * colour is neither the left, the upper nor the upper left neighbour's, lowered when those are only few colours.
 */
export function naturalnessOfPart(plane: i32): f32 {
  if (partWidth < 2 || partHeight < 2) return 0;
  memory.fill(work, 0, BITS >> 3);
  const columns = min(SAMPLES_PER_SIDE, partWidth - 1);
  const rows = min(SAMPLES_PER_SIDE, partHeight - 1);
  let busy = 0;
  let colours = 0;
  for (let j = 0; j < rows; j++) {
    const y = 1 + (j * (partHeight - 1)) / rows;
    const row = partAt(plane) + <usize>y * strideOf(plane);
    for (let i = 0; i < columns; i++) {
      // The shift from row to row keeps a regular pattern from hiding between the samples.
      const x = 1 + (((i * (partWidth - 1)) / columns + j * 7) % (partWidth - 1));
      const at = row + ((<usize>x) << 2);
      if (!isBusy(at, strideOf(plane))) continue;
      busy++;
      if (isNew(load<u32>(at) & 0x00ff_ffff)) colours++;
    }
  }
  const share = <f32>busy / <f32>(columns * rows);
  return share * min<f32>(1, (<f32>colours * 4) / <f32>max(1, min(busy, 1024)));
}

function isBusy(at: usize, stride: usize): bool {
  const colour = load<u32>(at) << 8;
  if (load<u32>(at - 4) << 8 === colour) return false;
  return load<u32>(at - stride) << 8 !== colour && load<u32>(at - stride - 4) << 8 !== colour;
}

/** Marks the colour; two colours may share a mark. */
function isNew(colour: u32): bool {
  const bit = (colour * 0x9e37_79b1) >>> 20;
  const at = work + (bit >> 3);
  const mark: u8 = (<u8>1) << (<u8>bit & 7);
  const marks = load<u8>(at);
  store<u8>(at, marks | mark);
  return (marks & mark) === 0;
}
