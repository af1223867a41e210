import type { Appearance } from '@porthole/protocol';
import type { Preferences } from '../preferences/preferences.ts';
import type { Look } from './look.ts';

interface Followed {
  preferences: Pick<Preferences, 'follow' | 'isKnown' | 'isOwn' | 'ready'>;
  look: Look;
  /** Called once, with what the hub says first: it may ask for another language than the page has. */
  first(appearance: Appearance, isKept: boolean): void;
}

/**
 * Lets the page look as its user prefers, once that is known: until then it looks as it did last. Returns how to stop. The
 * language follows only at the first answer, because it takes a reload, and work under way would be lost.
 */
export function followAppearance({ preferences, look, first }: Followed): () => void {
  const appearance = preferences.follow('appearance');
  let isFirst = true;
  const show = () => {
    const isKnown = preferences.isKnown();
    if (!isKnown && !preferences.isOwn('appearance')) return;
    const isKept = look.show(appearance.get());
    if (isFirst && isKnown) {
      isFirst = false;
      first(appearance.get(), isKept);
    }
  };
  const stops = [appearance.subscribe(show), preferences.ready.subscribe(show)];
  show();
  return () => {
    for (const stop of stops) stop();
  };
}
