import { Button } from '@mantine/core';
import type { Device, WakeResult } from '@porthole/protocol';
import { IconSunrise } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { can } from '../../base/can.ts';
import { visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { PowerApi } from './powerApi.ts';
import styles from './WakeButton.module.css';

/** How long a machine may take to start, in ms. */
const PATIENCE_MS = 120_000;

/** Wakes a device that is asleep or switched off; nothing for one that is there, or that no packet can reach. */
export function WakeButton({ device }: { device: Device }) {
  const { api } = useConnection();
  const [sent, setSent] = useState<WakeResult>();
  const [late, setLate] = useState(false);
  const wake = useAction(async () => {
    setLate(false);
    setSent(await new PowerApi(api).wake(device.id));
  });
  useEffect(() => {
    if (!sent) return;
    const timer = setTimeout(() => {
      setSent(undefined);
      setLate(true);
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [sent]);
  if (device.online || !device.traits.wakeable || !can(device, 'power')) return null;
  const said = sent ? `${sentBy(sent)} ${texts.power.waiting}` : late ? texts.power.late : '';
  return (
    <div className={styles.wake} data-wake>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconSunrise size={16} aria-hidden />}
        aria-label={texts.power.wakeOf(visibleText(device.name))}
        loading={wake.busy}
        onClick={() => wake.run()}
      >
        {texts.power.wake}
      </Button>
      <span role="status" className={styles.status} title={said}>
        {said}
      </span>
      <Problem>{wake.error}</Problem>
    </div>
  );
}

function sentBy({ hub, devices }: WakeResult): string {
  if (hub) return devices > 0 ? texts.power.sentByBoth(devices) : texts.power.sentByHub;
  return texts.power.sentByDevices(devices);
}
