import { realProgram } from './realProgram.ts';
import { lineOf } from './text.ts';

/** A browser on the display that scrolls through a long page. */
export const webBrowser = realProgram({
  id: 'browser',
  name: 'browser scrolling',
  file: 'chromium',
  document: { name: 'page.html', content: page() },
  args: ({ document, home, area }) => [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--password-store=basic',
    `--user-data-dir=${home}/profile`,
    `--window-position=${area.x},${area.y}`,
    `--window-size=${area.width},${area.height}`,
    `--app=file://${document}`,
  ],
});

/** Headings, paragraphs, coloured boxes and gradients. */
function page(): string {
  const section = (index: number): string => {
    const hue = (index * 47) % 360;
    const texts = [1, 2, 3].map((part) => `<p>${lineOf(index * 3 + part)}</p>`).join('');
    const box = `<div style="background:linear-gradient(90deg,hsl(${hue} 70% 60%),hsl(${hue + 60} 70% 40%))"></div>`;
    return `<h2>Chapter ${index}</h2>${box}${texts}`;
  };
  const style = 'body{font:18px sans-serif;max-width:60em;margin:2em auto}div{height:120px;border-radius:12px}';
  const sections = Array.from({ length: 200 }, (_, index) => section(index)).join('\n');
  return `<!doctype html><meta charset="utf-8"><title>A long page</title><style>${style}</style>${sections}`;
}
