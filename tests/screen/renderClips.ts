/** Frames of H.264 (constrained baseline, BT.709), 16 x 16: the left half in one colour, the right half in the other. */
export const RED_BLUE_KEY = frame(
  'AAABZ0LACtp6agICAoAAAAMAgAAAPEeJE1AAAAFozgL8gAAAAWWIhDoRg4AAhSAACeTxAABGXAAENSIAAIsQAAiEYA==',
);
export const BLUE_RED_KEY = frame(
  'AAABZ0LACtp6agICAoAAAAMAgAAAPEeJE1AAAAFozgL8gAAAAWWIhDoRg4AAhSgACeTxAABGWAAENSIAAIsYAAiEYA==',
);
/** Follows `RED_BLUE_KEY`. */
export const BLUE_RED_DELTA = frame(
  'AAABQZogWsCDBNFAAEFuKAAILcUAAQW4oAAgtxQABBbigACC3FAAEFuKAAILcQAASBAABHoiAACOKAAI1eA=',
);

function frame(base64: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}
