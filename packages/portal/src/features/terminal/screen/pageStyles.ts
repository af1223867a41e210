/**
 * Runs something that makes style elements, which the page's policy takes only with its nonce. Whatever is made later has
 * to be made within another call.
 */
export function withNonce(nonce: string, run: () => void): void {
  const createElement = (tag: string) => {
    const element = Document.prototype.createElement.call(document, tag);
    if (tag === 'style') element.nonce = nonce;
    return element;
  };
  // Found before the prototype's, for as long as it runs.
  Object.defineProperty(document, 'createElement', { value: createElement, configurable: true });
  try {
    run();
  } finally {
    Reflect.deleteProperty(document, 'createElement');
  }
}

/**
 * From now on the `style` attribute of a span, which the page's policy refuses as text, is set by its properties: so are
 * the colours of text that a terminal draws without WebGL. Idempotent.
 */
export function styleSpansByProperties(): void {
  HTMLSpanElement.prototype.setAttribute = setAttribute;
}

function setAttribute(this: HTMLElement, name: string, value: string): void {
  if (name === 'style') this.style.cssText = value;
  else Element.prototype.setAttribute.call(this, name, value);
}
