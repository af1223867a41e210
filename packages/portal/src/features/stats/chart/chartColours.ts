import styles from './ChartColours.module.css';

/** Colours for a canvas, out of the page's style sheets. By place of the figure in its chart. */
export interface ChartColours {
  lines: string[];
  bands: string[];
  grid: string;
  text: string;
}

/** Reads the colours that hold inside of `host` now. */
export function readColours(host: HTMLElement): ChartColours {
  const probe = document.createElement('span');
  host.append(probe);
  const read = (name: string | undefined) => {
    probe.className = name ?? '';
    return getComputedStyle(probe).color;
  };
  const colours = {
    lines: [read(styles.lineA), read(styles.lineB)],
    bands: [read(styles.bandA), read(styles.bandB)],
    grid: read(styles.grid),
    text: read(styles.text),
  };
  probe.remove();
  return colours;
}

/** Calls `changed` whenever the colours of the page may have: another scheme, another accent. */
export function followColours(changed: () => void): () => void {
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(changed);
  scheme.addEventListener('change', changed);
  observer.observe(document.documentElement, { attributes: true });
  return () => {
    scheme.removeEventListener('change', changed);
    observer.disconnect();
  };
}
