import type { Device } from '@porthole/protocol';
import { IconDeviceDesktop, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { thumbnailUrl } from '../../base/api.ts';
import { texts } from '../../base/texts.ts';
import styles from './LivePicture.module.css';

/** The latest small picture of a device, 16:10, edge to edge; the browser keeps the old one until the new one is there. */
export function LivePicture({ device }: { device: Pick<Device, 'id' | 'online' | 'thumbnail' | 'toggles'> }) {
  const { id, online, thumbnail, toggles } = device;
  const [broken, setBroken] = useState<string>();
  const shown = thumbnail && broken !== thumbnail.version ? thumbnail : null;
  return (
    <div className={styles.frame} data-stale={!online || !toggles.thumbnail || undefined}>
      {shown ? (
        <img
          src={thumbnailUrl(id, shown.version)}
          width={shown.width}
          height={shown.height}
          alt=""
          decoding="async"
          draggable={false}
          onError={() => setBroken(shown.version)}
        />
      ) : (
        <span className={styles.empty}>
          {toggles.thumbnail ? <IconDeviceDesktop size={20} aria-hidden /> : <IconEyeOff size={20} aria-hidden />}
          {texts.device.noPicture}
        </span>
      )}
    </div>
  );
}
