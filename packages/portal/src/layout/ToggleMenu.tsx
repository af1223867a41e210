import { Switch } from '@mantine/core';
import { type Device, FEATURE_NAMES, type FeatureName } from '@porthole/protocol';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { canToggle } from '../base/can.ts';
import { PopoverMenu } from '../base/PopoverMenu.tsx';
import { Problem } from '../base/Problem.tsx';
import { useConnection } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useAction } from '../base/useAction.ts';
import styles from './DeviceHeader.module.css';

/** The device's live feeds, each with its switch. The switches show what the device really does, not what was clicked. */
export function ToggleMenu({ device }: { device: Device }) {
  const { api } = useConnection();
  const may = canToggle(device);
  const set = useAction((feature: FeatureName, on: boolean) => api.setToggle(device.id, feature, on));
  return (
    <PopoverMenu label={texts.toggles.label} face={<IconAdjustmentsHorizontal size={16} aria-hidden />} width={264}>
      <ul className={styles.list}>
        {FEATURE_NAMES.map((feature) => (
          <li key={feature}>
            {may ? (
              <Switch
                label={texts.toggles.names[feature]}
                checked={device.toggles[feature]}
                disabled={set.busy}
                onChange={(event) => set.run(feature, event.currentTarget.checked)}
              />
            ) : (
              <>
                <span>{texts.toggles.names[feature]}</span>
                <span className={styles.dim}>{device.toggles[feature] ? texts.toggles.on : texts.toggles.off}</span>
              </>
            )}
          </li>
        ))}
      </ul>
      <p className={styles.dim}>{may ? texts.toggles.why : texts.toggles.readOnly}</p>
      <Problem>{set.error}</Problem>
    </PopoverMenu>
  );
}
