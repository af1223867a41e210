import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * One page, hashed assets, nothing external. The hub puts a fresh value in place of `__CSP_NONCE__` in every answer;
 * Vite writes it to every tag that may carry a nonce and to a `<meta property="csp-nonce">`.
 */
export default defineConfig({
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  // Apart from the page's own scripts: the hub allows workers, and only them, to run WebAssembly.
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'workers/[name]-[hash].js' } } },
  build: {
    target: ['chrome123', 'firefox128', 'safari17.5'],
    // A data: URL in place of a file would need a looser policy than 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    // Named and worded, as most of them ask for; the settings lead there.
    license: { fileName: 'licences.txt' },
  },
});
