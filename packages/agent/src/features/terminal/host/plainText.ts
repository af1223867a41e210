/** Controls, and what turns the direction of writing around: neither is text, and both are good for deceiving. */
const UNWANTED = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** What a program says as one line of text that can be shown anywhere, at most `length` UTF-16 units of it. */
export function plainText(text: string, length: number): string {
  return text
    .slice(0, 4 * length)
    .replace(UNWANTED, '')
    .slice(0, length)
    .toWellFormed()
    .trim();
}
