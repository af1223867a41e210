import { Button } from '@mantine/core';
import type { Device } from '@porthole/protocol';
import { IconPhotoCog } from '@tabler/icons-react';
import { canConfigure } from '../../base/can.ts';
import { PopoverMenu } from '../../base/PopoverMenu.tsx';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { useStore } from '../../base/useStore.ts';
import { BandwidthCap, FrameRate, PictureChoice, Scale } from './PictureFields.tsx';
import styles from './PictureMenu.module.css';
import type { ScreenPreferences } from './screenPreferences.ts';
import { withoutEqual } from './screenSettings.ts';

interface PictureMenuProps {
  device: Device;
  preferences: ScreenPreferences;
}

/** What the picture of this device shall be good at: here at once, and for everybody when that is saved. */
export function PictureMenu({ device, preferences }: PictureMenuProps) {
  return (
    <PopoverMenu label={texts.picture.label} face={<IconPhotoCog size={16} aria-hidden />} width={304}>
      <div className={styles.settings}>
        <PictureChoice preferences={preferences} />
        <FrameRate preferences={preferences} />
        <BandwidthCap preferences={preferences} />
        <Scale preferences={preferences} />
        <p className={styles.dim}>{texts.picture.what}</p>
        {canConfigure(device) ? <SaveDefault device={device} preferences={preferences} /> : null}
      </div>
    </PopoverMenu>
  );
}

/** Makes what is in force here what everybody has who chose nothing else. */
function SaveDefault({ device, preferences }: PictureMenuProps) {
  const { api } = useConnection();
  const settings = useStore(preferences.settings);
  const isSaved = Object.keys(withoutEqual(settings, useStore(preferences.defaults))).length === 0;
  const save = useAction(async () => {
    await api.setScreenSettings(device.id, settings);
    preferences.yieldTo(settings);
  });
  return (
    <div className={styles.save}>
      {/* Not `disabled`: that would take the focus away from whoever has just pressed it. */}
      <Button
        variant="default"
        fullWidth
        loading={save.busy}
        aria-disabled={isSaved}
        data-disabled={isSaved}
        onClick={() => (isSaved ? undefined : save.run())}
      >
        {texts.picture.saveDefault}
      </Button>
      <p className={styles.dim}>{texts.picture.saveWhat}</p>
      <Problem>{save.error}</Problem>
    </div>
  );
}
