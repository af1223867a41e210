import { Button, Popover } from '@mantine/core';
import type { Device, Viewer } from '@porthole/protocol';
import { formatExact, formatMoment, visibleText } from '../base/format.ts';
import { Problem } from '../base/Problem.tsx';
import { useConnection } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useAction } from '../base/useAction.ts';
import { useNow } from '../base/useNow.ts';
import { useStore } from '../base/useStore.ts';
import type { Seat } from '../features/input/useSeat.ts';
import styles from './DeviceHeader.module.css';
import { Initials } from './Initials.tsx';

/** Who is here and who has control; whoever has it can hand it over. */
export function ViewersMenu({ device, seat }: { device: Device; seat: Seat }) {
  const { viewer: own } = useStore(useConnection().state);
  const now = useNow();
  const give = useAction((viewer: Viewer) => seat.session.give(viewer));
  if (device.viewers.length === 0) return null;
  return (
    <Popover position="bottom-end" width={304} trapFocus>
      <Popover.Target>
        <button type="button" className={styles.icon} aria-label={texts.viewers.label}>
          <Initials viewers={device.viewers} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.popover}>
          <h2>{texts.viewers.label}</h2>
          <ul className={styles.list}>
            {device.viewers.map((viewer) => (
              <li key={viewer.id}>
                <span className={styles.who}>
                  <span>{nameOf(viewer, own)}</span>
                  <span className={styles.dim} title={formatExact(viewer.since)}>
                    {viewer.controlling ? texts.viewers.controls : texts.viewers.watches},{' '}
                    {texts.viewers.since(formatMoment(viewer.since, now))}
                  </span>
                </span>
                {seat.phase === 'controlling' && viewer.id !== own ? (
                  <Button
                    size="compact-sm"
                    variant="default"
                    flex="none"
                    aria-label={texts.viewers.giveTo(visibleText(viewer.user, 64))}
                    loading={give.busy}
                    onClick={() => give.run(viewer)}
                  >
                    {texts.viewers.give}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
          <Problem>{give.error}</Problem>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function nameOf(viewer: Viewer, own: string | undefined): string {
  const user = visibleText(viewer.user, 64);
  return viewer.id === own ? texts.viewers.you(user) : user;
}
