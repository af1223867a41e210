/** Longest address that is opened. */
const LONGEST = 2_048;

/** What a program's link leads to, if it may be opened: an address of the web. Undefined for anything else. */
export function webAddress(text: string): string | undefined {
  if (text.length > LONGEST || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

/** Opens a link that a person clicked with Ctrl or Cmd, or touched; a mere click is often meant for the text. */
export function openLink(event: Pick<MouseEvent, 'ctrlKey' | 'metaKey'>, text: string): void {
  const address = webAddress(text);
  const isMeant = event.ctrlKey || event.metaKey || matchMedia('(pointer: coarse)').matches;
  if (isMeant && address !== undefined) window.open(address, '_blank', 'noopener,noreferrer');
}
