import { Button } from '@mantine/core';
import type { Device, Viewer } from '@porthole/protocol';
import { formatExact, formatMoment, visibleText } from '../base/format.ts';
import { PopoverMenu } from '../base/PopoverMenu.tsx';
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
    <PopoverMenu label={texts.viewers.label} face={<Initials viewers={device.viewers} />} width={304}>
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
    </PopoverMenu>
  );
}

function nameOf(viewer: Viewer, own: string | undefined): string {
  const user = visibleText(viewer.user, 64);
  return viewer.id === own ? texts.viewers.you(user) : user;
}
