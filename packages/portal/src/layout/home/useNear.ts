import { useMemo, useState } from 'react';
import { useMedia } from './useHomeSettings.ts';

/**
 * Whether somebody is about to use an item: the pointer or the keyboard is on it, or there is nothing to approach with. For
 * what is worth making only then: in a list of many short lines, tools would be most of the page.
 */
export function useNear() {
  const [isNear, setNear] = useState(false);
  const canApproach = useMedia('(hover: hover)');
  const handlers = useMemo(
    () => ({
      onPointerEnter: () => setNear(true),
      onPointerLeave: () => setNear(false),
      onFocus: () => setNear(true),
      onBlur: () => setNear(false),
    }),
    [],
  );
  return { isNear: isNear || !canApproach, handlers };
}
