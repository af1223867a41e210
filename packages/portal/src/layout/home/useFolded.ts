import { useCallback, useState } from 'react';

/** Which sections are folded away, for as long as the page is open in this tab. */
export function useFolded(): { folded: ReadonlySet<string>; fold: (key: string) => void } {
  const [folded, setFolded] = useState<ReadonlySet<string>>(kept);
  const fold = useCallback((key: string) => {
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      kept = next;
      return next;
    });
  }, []);
  return { folded, fold };
}

/** They are still folded when one comes back from a device. */
let kept: ReadonlySet<string> = new Set();
