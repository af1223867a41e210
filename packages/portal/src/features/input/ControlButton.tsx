import { Button } from '@mantine/core';
import type { Device } from '@porthole/protocol';
import { IconPointer, IconPointerOff } from '@tabler/icons-react';
import type { Ref } from 'react';
import { can } from '../../base/can.ts';
import { controllerOf } from '../../base/connection.ts';
import { visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import styles from './ControlButton.module.css';
import type { Seat } from './useSeat.ts';

interface ControlButtonProps {
  device: Device;
  seat: Seat;
  /** Gets the focus when the keyboard comes back from the device. */
  buttonRef: Ref<HTMLButtonElement>;
}

/** Takes control or gives it back; says so when the user may only watch. */
export function ControlButton({ device, seat, buttonRef }: ControlButtonProps) {
  if (!can(device, 'control'))
    return (
      <span className={styles.watching} data-watching>
        {texts.control.watching}
      </span>
    );
  const controlling = seat.phase === 'controlling';
  const controller = controllerOf(device);
  const title = controlling
    ? texts.control.inControl
    : controller
      ? texts.control.controlledBy(visibleText(controller.user, 64))
      : texts.control.nobody;
  return (
    <Button
      ref={buttonRef}
      size="compact-sm"
      variant={controlling ? 'default' : 'light'}
      className={styles.button}
      title={title}
      disabled={!controlling && (!device.online || !device.toggles.input)}
      loading={seat.phase === 'asking'}
      onClick={() => (controlling ? seat.session.release() : seat.session.take())}
      leftSection={controlling ? <IconPointerOff size={16} aria-hidden /> : <IconPointer size={16} aria-hidden />}
      data-control
    >
      {controlling ? texts.control.release : texts.control.take}
    </Button>
  );
}
