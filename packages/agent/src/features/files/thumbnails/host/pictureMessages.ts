/** What the agent asks of the picture process; the answer carries the same number. */
export interface TakePicture {
  job: number;
  path: string;
  size: number;
}

/** Instead of the bytes of a picture: there is none to be had. */
export interface NoPicture {
  job: number;
}
