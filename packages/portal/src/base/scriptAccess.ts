declare global {
  /** What features let scripts in this page ask; each adds its own. */
  interface PortholeScripts {
    /** Names the product, so that a script knows where it is. */
    product?: 'Porthole';
  }
  interface Window {
    /** For scripts: what this page knows. */
    porthole?: PortholeScripts;
  }
}

/** Lets scripts ask at `window.porthole.<name>`, until the returned function is called. */
export function exposeToScripts<Name extends keyof PortholeScripts>(
  name: Name,
  ask: Exclude<PortholeScripts[Name], undefined>,
): () => void {
  const access: PortholeScripts = window.porthole ?? {};
  window.porthole = access;
  access[name] = ask;
  return () => {
    if (access[name] === ask) delete access[name];
  };
}
