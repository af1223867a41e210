import { useEffect } from 'react';
import { useConnection } from '../base/portalContext.ts';

/** Tells the watch set when the page is hidden, so that devices send nothing for a tab in the background. */
export function usePageVisibility(): void {
  const { watch } = useConnection();
  useEffect(() => {
    const changed = () => watch.setPageVisible(document.visibilityState === 'visible');
    changed();
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  }, [watch]);
}
