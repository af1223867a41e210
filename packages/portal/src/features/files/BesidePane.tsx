import type { Device } from '@porthole/protocol';
import { useRef, useState } from 'react';
import { can } from '../../base/can.ts';
import { visibleText } from '../../base/format.ts';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useDevice } from '../../base/useDevice.ts';
import { useStore } from '../../base/useStore.ts';
import styles from './FilesPanel.module.css';
import { FolderMessage } from './FolderMessage.tsx';
import { FolderPane } from './FolderPane.tsx';
import type { FilesPlace } from './fileUrl.ts';
import { StartPane } from './StartPane.tsx';
import { usePrevious } from './usePrevious.ts';
import type { KeptSearch } from './useSearch.ts';

const MAX_STEPS = 100;
const START: FilesPlace = { path: undefined, open: undefined };

/** A second pane, on the same device or another: things are dragged from one to the other. */
export function BesidePane({ first }: { first: Device }) {
  const { devices } = useConnection();
  const list = useStore(devices.list) ?? [];
  const [id, setId] = useState(first.id);
  const device = useDevice(id);
  return (
    <div className={styles.beside}>
      <div className={styles.device}>
        <select aria-label={texts.files.nav.device} value={id} onChange={(event) => setId(event.currentTarget.value)}>
          {list.map((each) => (
            <option key={each.id} value={each.id}>
              {visibleText(each.name, 80)}
            </option>
          ))}
        </select>
      </div>
      {device && can(device, 'files.read') ? <Beside key={id} device={device} /> : <FolderMessage kind="denied" />}
    </div>
  );
}

/** It has a history of its own: the address bar belongs to the first pane. */
function Beside({ device }: { device: Device }) {
  const [{ places, at }, setHistory] = useState<{ places: readonly FilesPlace[]; at: number }>({
    places: [START],
    at: 0,
  });
  const place = places[at] ?? START;
  const from = usePrevious(place.path);
  const shelf = useRef<KeptSearch>(undefined);
  const go = (next: FilesPlace) => {
    // From one entry to the next in a viewer is no step to go back to.
    const until = next.open !== undefined && place.open !== undefined ? at : at + 1;
    const kept = [...places.slice(0, until), next].slice(-MAX_STEPS);
    setHistory({ places: kept, at: kept.length - 1 });
  };
  const step = (by: number) => setHistory({ places, at: Math.min(places.length - 1, Math.max(0, at + by)) });
  const history = { back: () => step(-1), forward: () => step(1) };
  if (place.path === undefined) return <StartPane device={device} go={go} />;
  return (
    <FolderPane
      key={place.path}
      device={device}
      place={{ ...place, path: place.path }}
      from={from}
      shelf={shelf}
      go={go}
      history={history}
      closeViewer={() => step(-1)}
    />
  );
}
