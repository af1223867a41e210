/** What lies between a contestant and its viewers. Everything they say to each other passes here and is counted. */
export interface Link extends AsyncDisposable {
  /** Port of 127.0.0.1 that viewers use. */
  readonly port: number;
  /** Bytes that went to viewers so far. */
  readonly bytesOut: number;
}

/** Opens a link to the contestant's port, of 127.0.0.1 unless told, which may begin to listen later. */
export type OpenLink = (targetPort: number, targetHost?: string) => Promise<Link>;
