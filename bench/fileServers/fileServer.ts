/** A way to files of another machine over TLS, through a relay in between. */
export interface FileServer {
  name: string;
  /** Serves the folder, for reading and writing. */
  start(folder: string): Promise<FileServing>;
}

/** What curl is told, beside what it does with the content. */
export interface CurlRequest {
  url: string;
  args: string[];
}

/** Two processes: clients talk to the relay only, and files are with the device. */
export interface FileServing extends AsyncDisposable {
  readonly relay: number;
  readonly device: number;
  /** How to fetch a file of the folder. */
  download(name: string): CurlRequest;
  /** How to put a file of so many bytes into the folder; good for one upload. */
  upload(name: string, size: number): Promise<CurlRequest>;
}
