/**
 * Key frames of H.264, 16 x 16 pixels, to see whether a decoder does what it says. `red` and `blue` are columns of pure
 * colour (BT.709, limited range); in the 4:4:4 clip they are neighbours, which halved colour would blur to violet.
 */
export interface ProbeClip {
  /** Codec strings that the clip stands for, best first: the same profile at the levels of 1080p and of 4K. */
  codecs: readonly string[];
  red: number;
  blue: number;
  /** Base64. */
  data: string;
}

export const PROBE_CLIPS: readonly ProbeClip[] = [
  {
    codecs: ['avc1.42C02A', 'avc1.42C033'],
    red: 2,
    blue: 13,
    data: 'AAABZ0LACtp6agICAoAAAAMAgAAAPEeJE1AAAAFozgL8gAAAAWWIhDoRg4AAhSAACeTxAABGXAAENSIAAIsQAAiEYA==',
  },
  {
    codecs: ['avc1.64002A', 'avc1.640033'],
    red: 2,
    blue: 13,
    data: 'AAABZ2QACqy09NQEBAUAAAMAAQAAAwB4jxImoAAAAWjuAvywAAABZYiEOv7a4/gUmkkURXC+ER6XS7mtTrUUhw==',
  },
  {
    codecs: ['avc1.F4002A', 'avc1.F40033'],
    red: 4,
    blue: 5,
    data:
      'AAABZ/QACpGWnpqAgICgAAADACAAAA8R4kTUAAABaM4BDGSAAAABZYiEOghFAAFzGDgACBkBmBwABAyAzA4AAgZAZgcAAQMgMwOAAIGQGYHAAEDI' +
      'DMDgACBkBmBwABAyAzA4AAgZAZgcAAQMgMwOAAIGQGYHAAEDIDMDgACBkBmBwABAyAzA4AAgZAZgcAAQMgMwKAAI6UHAAEJsAAQAWBwABCbAAEAF' +
      'gcAAQmwABABYHAAEJsAAQAWBwABCbAAEAFgcAAQmwABABYHAAEJsAAQAWBwABCbAAEAFgcAAQmwABABYHAAEJsAAQAWBwABCbAAEAFgcAAQmwABA' +
      'BYHAAEJsAAQAWBwABCbAAEAFgcAAQmwABABYHAAEJsAAQAWBQABIwg4AAhDAAMwOAAIQwADMDgACEMAAzA4AAhDAAMwOAAIQwADMDgACEMAAzA4A' +
      'AhDAAMwOAAIQwADMDgACEMAAzA4AAhDAAMwOAAIQwADMDgACEMAAzA4AAhDAAMwOAAIQwADMDgACEMAAzA4AAhDAAMxA',
  },
];
