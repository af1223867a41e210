import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Page } from 'playwright-core';

/**
 * Keeps what the shell put out, as it came to the page. `outputOf` is an expression of the page: a function that answers what of
 * a WebSocket message is output, or nothing. Install it before the page is opened.
 */
export async function recordOutput(page: Page, outputOf: string): Promise<void> {
  await page.addInitScript(`{
    const outputOf = ${outputOf};
    const pieces = [];
    const Plain = window.WebSocket;
    window.WebSocket = class extends Plain {
      constructor(...args) {
        super(...args);
        this.addEventListener('message', ({ data }) => {
          const output = typeof data === 'string' ? undefined : outputOf(new Uint8Array(data));
          if (output) pieces.push(output);
        });
      }
    };
    let longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    }).observe({ type: 'longtask' });
    const hash = async (first, last) => {
      const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
      const at = find(bytes, first, 0);
      const end = at < 0 ? -1 : find(bytes, last, at);
      if (end < 0) return 'incomplete';
      const digest = await crypto.subtle.digest('SHA-256', bytes.subarray(at, end + last.length));
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    };
    const find = (bytes, mark, from) => {
      const codes = new TextEncoder().encode(mark);
      for (let at = bytes.indexOf(codes[0], from); at >= 0; at = bytes.indexOf(codes[0], at + 1)) {
        if (codes.every((code, index) => bytes[at + index] === code)) return at;
      }
      return -1;
    };
    window.output = { hash, forget: () => { pieces.length = 0; longest = 0; }, longest: () => longest };
  }`);
}

/** SHA-256 of a file without its last line break, as the page says it of what came. */
export async function hashOfText(path: string, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { end: bytes - 2 })) hash.update(piece);
  return hash.digest('hex');
}
