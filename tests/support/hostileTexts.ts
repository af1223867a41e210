/** What somebody would write into a field who wants to break a page, or make it do something. `ran` would tell that it did. */
const TEXTS = [
  '<script>window.ran = true</script><img src=x onerror="window.ran = true">',
  `W${'i'.repeat(1_100)}de`,
  'invoice\u202egpj.exe\u2066\u2067 \u202dright\u202c',
  `z${'\u0335\u0336\u0489'.repeat(400)}`,
  'javascript:window.ran=true',
  `\u200b\u200c\u200d\ufeff${'\u200b'.repeat(200)}`,
  'one\ntwo\r\nthree\tfour\u0000five\u001b[31m red',
  `${'מחשב'.repeat(200)}`,
  '"><svg onload="window.ran = true"><style>*{display:none}</style>',
  `${'漢字'.repeat(200)}`,
  "' onmouseover='window.ran = true' x='",
  '__proto__ constructor {{window.ran = true}} #{window.ran = true}',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'.repeat(40),
] as const;

/** Gives one after another of them, cut to what the field takes, so that every field gets each in its turn. */
export class HostileTexts {
  #next: number;

  constructor(first = 0) {
    this.#next = first;
  }

  next(limit: number): string {
    const text = TEXTS[this.#next++ % TEXTS.length] ?? '';
    // Never half of a character: what the hub takes is well-formed.
    return text.slice(0, limit).toWellFormed();
  }

  /** How many there are. */
  static readonly count = TEXTS.length;
}
