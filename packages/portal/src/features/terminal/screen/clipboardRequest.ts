/** Largest text that a program may put into the clipboard, in bytes of its base64. */
const LARGEST = 1024 * 1024;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The text that a program wants in the clipboard (OSC 52 `targets;base64`). Undefined for anything else, and above all for
 * the question what is in it.
 */
export function readClipboardRequest(data: string): string | undefined {
  const separator = data.indexOf(';');
  const content = data.slice(separator + 1);
  if (separator < 0 || content === '' || content === '?' || content.length > LARGEST) return undefined;
  try {
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
