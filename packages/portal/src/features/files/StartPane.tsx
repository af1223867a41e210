import type { Device } from '@porthole/protocol';
import { texts } from '../../base/texts.ts';
import styles from './FilesPanel.module.css';
import { FolderMessage } from './FolderMessage.tsx';
import type { FilesPlace } from './fileUrl.ts';
import { PlacesPage } from './PlacesPage.tsx';

/** Where the files of a device begin, or that it is offline. An open folder says so itself, and keeps what is shown. */
export function StartPane({ device, go }: { device: Device; go(place: FilesPlace): void }) {
  return (
    <div className={styles.start}>
      {device.online ? (
        <PlacesPage device={device} go={go} />
      ) : (
        <FolderMessage kind="offline" what={texts.files.state.offlineWhat} />
      )}
    </div>
  );
}
