/** How a browser gets a file: what it is called, and whether it may be shown in place. */
export interface ContentType {
  type: string;
  shown: 'inline' | 'asked' | 'never';
}

const UNKNOWN: ContentType = { type: 'application/octet-stream', shown: 'never' };

/** What browsers only ever show, and never run. Everything else is handed over to be saved. */
const INLINE: Record<string, string> = {
  avif: 'image/avif',
  bmp: 'image/bmp',
  gif: 'image/gif',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  jxl: 'image/jxl',
  png: 'image/png',
  webp: 'image/webp',
  aac: 'audio/aac',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  weba: 'audio/webm',
  m4v: 'video/mp4',
  mkv: 'video/x-matroska',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  ogv: 'video/ogg',
  webm: 'video/webm',
};
const TEXT = new Set(['txt', 'log', 'md', 'csv', 'json', 'ini', 'conf', 'yaml', 'yml', 'toml', 'srt', 'vtt']);

/** Goes by the ending of the name alone; browsers are told not to guess. */
export function contentTypeOf(path: string): ContentType {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const shown = Object.hasOwn(INLINE, ending) ? INLINE[ending] : undefined;
  if (shown) return { type: shown, shown: 'inline' };
  if (TEXT.has(ending)) return { type: 'text/plain; charset=utf-8', shown: 'inline' };
  return ending === 'pdf' ? { type: 'application/pdf', shown: 'asked' } : UNKNOWN;
}
