import type { Device } from '@porthole/protocol';
import { IconColumns2, IconTerminal2, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { can, canToggle } from '../../base/can.ts';
import { usePanelAddress } from '../../base/panelContext.ts';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { BesidePane } from './BesidePane.tsx';
import styles from './FilesPanel.module.css';
import { FolderMessage } from './FolderMessage.tsx';
import { FolderPane } from './FolderPane.tsx';
import { separatorOf } from './filePaths.ts';
import { type FilesPlace, filesUrl, parseFilesUrl } from './fileUrl.ts';
import { Tool } from './PaneToolbar.tsx';
import { StartPane } from './StartPane.tsx';
import { usePrevious } from './usePrevious.ts';
import type { KeptSearch } from './useSearch.ts';

interface FilesPanelProps {
  device: Device;
  /** Opens the command line in a folder of the device; undefined when the person may not. */
  openTerminal?: ((folder: string) => void) | undefined;
}

/** The files of a device: its drives, its folders, and a second pane beside them for moving things. */
export function FilesPanel({ device, openTerminal }: FilesPanelProps) {
  const { api } = useConnection();
  const { state } = texts.files;
  if (!can(device, 'files.read')) return <FolderMessage kind="denied" />;
  if (!device.toggles.files) {
    const switchOn = {
      label: state.switchOn,
      run: () => void api.setToggle(device.id, 'files', true).catch(() => undefined),
    };
    return <FolderMessage kind="off" what={state.offWhat} act={canToggle(device) ? switchOn : undefined} />;
  }
  return <Panes device={device} openTerminal={openTerminal} />;
}

/** In the browser's history: the viewer was opened from its folder, one step back. */
const OPENED_HERE = 'opened-here';
const HISTORY = { back: () => window.history.back(), forward: () => window.history.forward() };

function Panes({ device, openTerminal }: FilesPanelProps) {
  const separator = separatorOf(device.description.system);
  const { pathname, search, state: opened, navigate } = usePanelAddress();
  const place = parseFilesUrl(pathname, search, separator);
  const [beside, setBeside] = useState(false);
  const go = (next: FilesPlace) => {
    const url = filesUrl(device.id, separator, next);
    // From one entry to the next in a viewer is no step to go back to.
    const replace = next.open !== undefined && place.open !== undefined;
    const state = next.open === undefined ? null : replace ? opened : OPENED_HERE;
    if (url !== pathname + search) navigate(url, { replace, state });
  };
  const closeViewer = () => {
    // Whoever came by an address stays in the portal.
    if (opened === OPENED_HERE) window.history.back();
    else navigate(filesUrl(device.id, separator, { ...place, open: undefined }), { replace: true });
  };
  const { path } = place;
  const from = usePrevious(path);
  const shelf = useRef<KeptSearch>(undefined);
  const words = texts.files.actions;
  return (
    <div className={styles.panes} data-beside={beside || undefined}>
      {path === undefined ? (
        <StartPane device={device} go={go} />
      ) : (
        <FolderPane
          key={path}
          device={device}
          place={{ ...place, path }}
          from={from}
          shelf={shelf}
          go={go}
          history={HISTORY}
          closeViewer={closeViewer}
          inAddress
          tools={
            <>
              {openTerminal ? (
                <Tool
                  label={words.openTerminal}
                  onClick={() => openTerminal(path)}
                  icon={<IconTerminal2 size={16} aria-hidden />}
                />
              ) : null}
              <Tool
                label={beside ? words.closeBeside : words.beside}
                pressed={beside}
                onClick={() => setBeside(!beside)}
                icon={beside ? <IconX size={16} aria-hidden /> : <IconColumns2 size={16} aria-hidden />}
              />
            </>
          }
        />
      )}
      {beside ? <BesidePane first={device} /> : null}
    </div>
  );
}
