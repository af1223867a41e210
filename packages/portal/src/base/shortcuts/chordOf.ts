/** What is needed of a `KeyboardEvent`. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * The keys pressed, as in the table of shortcuts: `ctrl+k`, `shift+delete`, `?`. Shift is part of a character already: `?` is
 * pressed with it on some keyboards and without it on others.
 */
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const name = key === ' ' ? 'space' : key.toLowerCase();
  const isCharacter = [...key].length === 1 && key !== ' ';
  const hasModifier = ctrlKey || metaKey || altKey;
  const parts = [
    ctrlKey || metaKey ? 'ctrl' : '',
    altKey ? 'alt' : '',
    shiftKey && (!isCharacter || (hasModifier && /\p{L}/u.test(key))) ? 'shift' : '',
    name,
  ];
  return parts.filter((part) => part !== '').join('+');
}
