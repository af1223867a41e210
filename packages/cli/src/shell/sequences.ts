/** Longest title that is passed on, in characters. */
const MAX_TITLE = 256;
/** Controls whose answer a terminal would type: device attributes and status, modes, settings, checksums, versions. */
const ASKS = [/c$/, /n$/, /\$p$/, /^[^ ]*x$/, /^>.*q$/, /^\?.*[umS]$/, /\*y$/, /\$[uw]$/, /[&,]w$/];
/** Parts of the screen that are printed, windows that are moved: nothing that a remote program should do. */
const ACTS = [/i$/, /t$/];
/** Putting a title aside and taking it back; of `t` only this. */
const TITLE_STACK = /^2[23](;\d+)*t$/;
/** Colours that are set, not asked for; their reset; marks of a shell's prompts. */
const HARMLESS = /^(4|1[0-9])(;[^?]*)?$|^(104|11[0-9])(;|$)|^133;/;

/** Whether a local terminal may see this control sequence, given without its `ESC [`. */
export function allowsControl(text: string): boolean {
  if (TITLE_STACK.test(text)) return true;
  return !ASKS.some((form) => form.test(text)) && !ACTS.some((form) => form.test(text));
}

/** What a local terminal may see of an operating system command, given without its `ESC ]` and its end; undefined for nothing. */
export function allowedCommand(text: string): string | undefined {
  if (/^[012];/.test(text)) return text.slice(0, 2 + MAX_TITLE);
  const link = /^8;[^;]*;(.*)$/s.exec(text);
  if (link) return link[1] === '' || /^https?:\/\//i.test(link[1] ?? '') ? text : '8;;';
  return HARMLESS.test(text) ? text : undefined;
}
