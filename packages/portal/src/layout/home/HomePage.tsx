import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { usePageTitle } from '../../base/usePageTitle.ts';
import { useStore } from '../../base/useStore.ts';
import { HomeDevices } from './HomeDevices.tsx';
import styles from './HomePage.module.css';
import { NoDevices } from './NoDevices.tsx';

/** All devices that the user may see, the way the user likes it. */
export function HomePage() {
  const { devices, preferences } = useConnection();
  const isKnown = useStore(devices.list) !== undefined;
  const isEmpty = useStore(devices.list)?.length === 0;
  const isReady = useStore(preferences.ready);
  usePageTitle();
  if (!isKnown || !isReady) return <Loading />;
  return isEmpty ? <NoDevices /> : <HomeDevices />;
}

/** Empty cards in the places of those to come; they show only when the list takes its time. */
function Loading() {
  return (
    <div className={styles.page} role="status" aria-label={texts.home.loading}>
      <div className={styles.header} />
      <div className={styles.skeletons}>
        <div />
        <div />
        <div />
      </div>
    </div>
  );
}
