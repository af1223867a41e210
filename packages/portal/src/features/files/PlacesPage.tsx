import type { Device, Drive, Places } from '@porthole/protocol';
import { IconDeviceUsb, IconFolderFilled, IconHome, IconServer } from '@tabler/icons-react';
import { type MouseEvent, useEffect, useMemo, useState } from 'react';
import { sentenceOf } from '../../base/api.ts';
import { formatSize, visibleText } from '../../base/format.ts';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { FolderMessage } from './FolderMessage.tsx';
import { separatorOf } from './filePaths.ts';
import { FilesApi } from './filesApi.ts';
import { type FilesPlace, filesUrl } from './fileUrl.ts';
import styles from './PlacesPage.module.css';

/** How often drives are looked at again: media come and go, and fill up. */
const EVERY_MS = 5_000;

interface PlacesPageProps {
  device: Device;
  go(place: FilesPlace): void;
}

/** Where one begins: the usual folders and the drives of a device. */
export function PlacesPage({ device, go }: PlacesPageProps) {
  const { places, error, again } = usePlaces(device);
  const separator = separatorOf(device.description.system);
  if (!places) return error === undefined ? <FolderMessage kind="loading" /> : <Failed error={error} again={again} />;
  const link = (path: string) => ({
    href: filesUrl(device.id, separator, { path, open: undefined }),
    onClick: (event: MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go({ path, open: undefined });
    },
  });
  return (
    <div className={styles.page}>
      <table className={styles.table} aria-label={texts.files.title}>
        <thead>
          <tr>
            <th scope="col">{texts.files.columns.name}</th>
            <th scope="col">{texts.files.nav.path}</th>
            <th scope="col">{texts.files.places.space}</th>
          </tr>
        </thead>
        <tbody>
          {places.folders.map((folder) => (
            <tr key={`folder ${folder.path}`}>
              <td>
                <a className={styles.link} {...link(folder.path)}>
                  {folder.kind === 'home' ? (
                    <IconHome size={16} aria-hidden />
                  ) : (
                    <IconFolderFilled size={16} aria-hidden />
                  )}
                  {visibleText(folder.name, 80)}
                </a>
              </td>
              <td className={styles.path}>{visibleText(folder.path)}</td>
              <td />
            </tr>
          ))}
          {places.drives.map((drive) => (
            <tr key={`drive ${drive.path}`}>
              <td>
                <a className={styles.link} {...link(drive.path)}>
                  {drive.removable ? <IconDeviceUsb size={16} aria-hidden /> : <IconServer size={16} aria-hidden />}
                  {visibleText(drive.name, 80)}
                </a>
              </td>
              <td className={styles.path}>{visibleText(drive.path)}</td>
              <td>
                <Space drive={drive} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Failed({ error, again }: { error: unknown; again: () => void }) {
  return <FolderMessage kind="failed" what={sentenceOf(error)} act={{ label: texts.files.state.retry, run: again }} />;
}

function Space({ drive }: { drive: Drive }) {
  const { places } = texts.files;
  const { total, free, readOnly, removable } = drive;
  const share = total > 0 ? Math.min(1, Math.max(0, (total - free) / total)) : 0;
  const words = total > 0 ? places.used(formatSize(free), formatSize(total)) : places.unknown;
  const marks = [drive.type, readOnly ? places.readOnly : '', removable ? places.removable : ''];
  return (
    <div className={styles.space}>
      <meter className="hidden-visually" aria-label={words} value={share} />
      <div className={styles.bar} data-full={share > 0.95 || undefined} aria-hidden>
        <span style={{ width: `${share * 100}%` }} />
      </div>
      <span className={styles.words}>
        {words} · {visibleText(marks.filter((mark) => mark !== '').join(' · '), 64)}
      </span>
    </div>
  );
}

function usePlaces(device: Device) {
  const { api: hub } = useConnection();
  const api = useMemo(() => new FilesApi(hub, device.id), [hub, device.id]);
  const [state, setState] = useState<{ places?: Places; error?: unknown }>({});
  const [attempt, setAttempt] = useState(0);
  const { online } = device;
  useEffect(() => {
    if (!online || attempt < 0) return;
    const abort = new AbortController();
    const ask = () =>
      api.places(abort.signal).then(
        (places) => setState({ places }),
        (error: unknown) => {
          if (!abort.signal.aborted) setState((before) => (before.places ? before : { error }));
        },
      );
    void ask();
    const timer = setInterval(() => document.visibilityState === 'visible' && void ask(), EVERY_MS);
    return () => {
      clearInterval(timer);
      abort.abort();
    };
  }, [api, online, attempt]);
  return { ...state, again: () => setAttempt((before) => before + 1) };
}
