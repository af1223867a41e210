import type { Device, Drive } from '@porthole/protocol';
import {
  IconDeviceDesktop,
  IconDeviceUsb,
  IconDownload,
  IconFile,
  IconFolderFilled,
  IconHome,
  IconMusic,
  IconPhoto,
  IconServer,
  IconVideo,
} from '@tabler/icons-react';
import type { MouseEvent, ReactNode } from 'react';
import { sentenceOf } from '../../base/api.ts';
import { formatSize, visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { arrangePlaces, type Folder } from './arrangePlaces.ts';
import { FolderMessage } from './FolderMessage.tsx';
import { separatorOf } from './filePaths.ts';
import { type FilesPlace, filesUrl } from './fileUrl.ts';
import styles from './PlacesPage.module.css';
import { usePlaces } from './usePlaces.ts';

const ICONS: Record<Folder['kind'], typeof IconHome> = {
  home: IconHome,
  desktop: IconDeviceDesktop,
  documents: IconFile,
  downloads: IconDownload,
  music: IconMusic,
  pictures: IconPhoto,
  videos: IconVideo,
  root: IconFolderFilled,
  other: IconFolderFilled,
};

interface PlacesPageProps {
  device: Device;
  go(place: FilesPlace): void;
}

/** Where one begins: the usual folders and the drives of a device. */
export function PlacesPage({ device, go }: PlacesPageProps) {
  const { places, error, again } = usePlaces(device);
  const { places: words, state } = texts.files;
  if (!places) {
    if (error === undefined) return <FolderMessage kind="loading" />;
    return <FolderMessage kind="failed" what={sentenceOf(error)} act={{ label: state.retry, run: again }} />;
  }
  const separator = separatorOf(device.description.system);
  const link = (path: string) => ({
    href: filesUrl(device.id, separator, { path, open: undefined }),
    onClick: (event: MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go({ path, open: undefined });
    },
  });
  const { folders, drives } = arrangePlaces(places);
  return (
    <div className={styles.page}>
      <table className={styles.table} aria-label={texts.files.title}>
        <Group title={words.folders}>
          {folders.map((folder) => (
            <FolderCard key={folder.path} folder={folder} link={link(folder.path)} />
          ))}
        </Group>
        <Group title={words.drives} wide>
          {drives.map((drive) => (
            <DriveCard key={drive.path} drive={drive} link={link(drive.path)} />
          ))}
        </Group>
      </table>
    </div>
  );
}

/** Places of one sort under their heading; nothing when there are none. */
function Group({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <tbody className={styles.group} data-wide={wide}>
      <tr className={styles.title}>
        <th scope="rowgroup">{title}</th>
      </tr>
      {children}
    </tbody>
  );
}

interface Link {
  href: string;
  onClick(event: MouseEvent): void;
}

function FolderCard({ folder, link }: { folder: Folder; link: Link }) {
  const Icon = ICONS[folder.kind];
  return (
    <tr className={styles.card}>
      <td className={styles.cell}>
        <Icon size={20} aria-hidden />
        <a className={styles.link} {...link}>
          {visibleText(folder.name, 80)}
        </a>
        <span className={styles.path} title={visibleText(folder.path)}>
          {visibleText(folder.path)}
        </span>
      </td>
    </tr>
  );
}

function DriveCard({ drive, link }: { drive: Drive; link: Link }) {
  const { places: words } = texts.files;
  const marks = [drive.type, drive.readOnly ? words.readOnly : '', drive.removable ? words.removable : ''];
  const Icon = drive.removable ? IconDeviceUsb : IconServer;
  return (
    <tr className={styles.card}>
      <td className={styles.cell}>
        <Icon size={20} aria-hidden />
        <span className={styles.head}>
          <a className={styles.link} {...link}>
            {visibleText(drive.name, 80)}
          </a>
          <span className={styles.marks}>{visibleText(marks.filter((mark) => mark !== '').join(' · '), 64)}</span>
        </span>
        <span className={styles.path} title={visibleText(drive.path)}>
          {visibleText(drive.path)}
        </span>
        <Space drive={drive} />
      </td>
    </tr>
  );
}

function Space({ drive: { total, free } }: { drive: Drive }) {
  const { places } = texts.files;
  const share = total > 0 ? Math.min(1, Math.max(0, (total - free) / total)) : 0;
  const words = total > 0 ? places.used(formatSize(free), formatSize(total)) : places.unknown;
  return (
    <div className={styles.space}>
      <meter className="hidden-visually" aria-label={words} value={share} />
      <div className={styles.bar} data-full={share > 0.95 || undefined} aria-hidden>
        <span style={{ width: `${share * 100}%` }} />
      </div>
      <span className={styles.words}>{words}</span>
    </div>
  );
}
