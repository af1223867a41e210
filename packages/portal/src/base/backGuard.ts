/** Keeps the page where it is when the browser goes back or forward, as long as somebody wants it to stay. */
export class BackGuard {
  readonly #holders = new Set<() => boolean>();

  /** To be called before anybody else listens there: a window calls its listeners in the order in which they came. */
  listen(window: EventTarget): void {
    window.addEventListener('popstate', (event) => {
      for (const holds of this.#holders) if (holds()) return event.stopImmediatePropagation();
    });
  }

  /**
   * `holds` is called when the browser has gone elsewhere. Whoever goes back to the address before and answers true stays
   * alone with the news. Returns how to let go.
   */
  hold(holds: () => boolean): () => void {
    this.#holders.add(holds);
    return () => void this.#holders.delete(holds);
  }
}

/** Of this page. */
export const backGuard = new BackGuard();
