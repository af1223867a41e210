import { XConnection } from '../../../packages/agent/src/platform/x11/connection.ts';
import { grainyPicture } from '../grainyPicture.ts';

const Z_PIXMAP = 2;
/** What fits into a plain request, head included. */
const MAX_DATA = 262_000;
const PICTURES = 8;
const INTERVAL_MS = 40;

/** A grainy film on the root window of an X display, a few pictures over and over; the server alone draws it. */
export class Film implements Disposable {
  readonly #connection: XConnection;
  #timer: NodeJS.Timeout | undefined;

  private constructor(connection: XConnection) {
    this.#connection = connection;
  }

  /** Plays in that area until it is disposed of. */
  static async play(display: string, area: { x: number; y: number; width: number; height: number }): Promise<Film> {
    const connection = await XConnection.open(display);
    const { client, root, screen } = connection;
    const gc = client.AllocID();
    client.CreateGC(gc, root, { graphicsExposures: 0 });
    const { x, y, width, height } = area;
    const pixmaps = Array.from({ length: PICTURES }, (_, index) => {
      const pixmap = client.AllocID();
      client.CreatePixmap(pixmap, root, screen.root_depth, width, height);
      const { data, stride } = grainyPicture({ width, height, index, grain: 12 });
      const rows = Math.floor(MAX_DATA / (width * 4));
      for (let top = 0; top < height; top += rows) {
        const count = Math.min(rows, height - top);
        const lines = Array.from({ length: count }, (_, row) =>
          data.subarray((top + row) * stride).subarray(0, width * 4),
        );
        client.PutImage(Z_PIXMAP, pixmap, gc, width, count, 0, top, 0, screen.root_depth, Buffer.concat(lines));
      }
      return pixmap;
    });
    await connection.sync();
    const film = new Film(connection);
    let shown = 0;
    film.#timer = setInterval(() => {
      client.CopyArea(pixmaps[shown++ % PICTURES] ?? root, root, gc, 0, 0, x, y, width, height);
    }, INTERVAL_MS);
    return film;
  }

  /** What is shown stays as it is. Resolves when the server has drawn all. */
  async pause(): Promise<void> {
    clearInterval(this.#timer);
    await this.#connection.sync();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#connection.close();
  }
}
