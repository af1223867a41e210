import { useEffect } from 'react';
import { useConnection } from '../base/portalContext.ts';

/** Tells the watch set when the page is hidden, so that devices send nothing for a tab in the background, and saves what is unsaved. */
export function usePageVisibility(): void {
  const { watch, preferences } = useConnection();
  useEffect(() => {
    const changed = () => {
      watch.setPageVisible(document.visibilityState === 'visible');
      // It may be the last that this page can do.
      if (document.visibilityState === 'hidden') void preferences.flush();
    };
    changed();
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  }, [watch, preferences]);
}
