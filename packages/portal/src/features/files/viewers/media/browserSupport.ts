import type { Support } from './playPlan.ts';

/** What this browser plays. One without Media Source Extensions plays whole files only. */
export function browserSupport(): Support {
  const element = document.createElement('video');
  return {
    file: (type) => element.canPlayType(type) !== '',
    stream: (type) => 'MediaSource' in globalThis && MediaSource.isTypeSupported(type),
  };
}
