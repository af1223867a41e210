// The two pictures that everything here works on, and the rectangles in question. Pixels are words 0xXXRRGGBB, X ignored.

/** The picture as viewers have it: `stride` bytes per row. */
export let shadow: usize = 0;
export let stride: usize = 0;
export let width: i32 = 0;
export let height: i32 = 0;

/** A grab of the rectangle at (stagedX, stagedY), rows without gaps. */
export let staged: usize = 0;
export let stagedStride: usize = 0;
export let stagedX: i32 = 0;
export let stagedY: i32 = 0;
export let stagedWidth: i32 = 0;
export let stagedHeight: i32 = 0;

/** The rectangle that the next call is about, in coordinates of the display. */
export let partX: i32 = 0;
export let partY: i32 = 0;
export let partWidth: i32 = 0;
export let partHeight: i32 = 0;

/** Where results go, and memory for work in between. */
export let output: usize = 0;
export let work: usize = 0;

/** The colour bits of four pixels. */
export function colourMask(): v128 {
  return i32x4.splat(0x00ff_ffff);
}

/** Where the host may begin to lay out memory. */
export function heapBase(): usize {
  return __heap_base;
}

export function setShadow(at: usize, displayWidth: i32, displayHeight: i32): void {
  shadow = at;
  width = displayWidth;
  height = displayHeight;
  stride = (<usize>displayWidth) << 2;
}

export function setMemory(stagedAt: usize, outputAt: usize, workAt: usize): void {
  staged = stagedAt;
  output = outputAt;
  work = workAt;
}

/** Says which rectangle the staged pixels are. */
export function setStaged(x: i32, y: i32, rectWidth: i32, rectHeight: i32): void {
  stagedX = x;
  stagedY = y;
  stagedWidth = rectWidth;
  stagedHeight = rectHeight;
  stagedStride = (<usize>rectWidth) << 2;
}

export function setPart(x: i32, y: i32, rectWidth: i32, rectHeight: i32): void {
  partX = x;
  partY = y;
  partWidth = rectWidth;
  partHeight = rectHeight;
}

/** Address of a pixel of the shadow. */
export function shadowAt(x: i32, y: i32): usize {
  return shadow + <usize>y * stride + ((<usize>x) << 2);
}

/** Address of a staged pixel, in coordinates of the display. */
export function stagedAt(x: i32, y: i32): usize {
  return staged + <usize>(y - stagedY) * stagedStride + ((<usize>(x - stagedX)) << 2);
}

/** Takes the part's staged pixels over into the shadow. */
export function accept(): void {
  const length = (<usize>partWidth) << 2;
  for (let y = partY; y < partY + partHeight; y++) memory.copy(shadowAt(partX, y), stagedAt(partX, y), length);
}

/** Moves pixels of the shadow from there into the part, as if through a copy. */
export function move(fromX: i32, fromY: i32): void {
  const length = (<usize>partWidth) << 2;
  if (fromY >= partY) {
    for (let row = 0; row < partHeight; row++) {
      memory.copy(shadowAt(partX, partY + row), shadowAt(fromX, fromY + row), length);
    }
  } else {
    for (let row = partHeight - 1; row >= 0; row--) {
      memory.copy(shadowAt(partX, partY + row), shadowAt(fromX, fromY + row), length);
    }
  }
}
