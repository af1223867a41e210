/** Lower case without accents, so that `cafe` finds `Café`. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
