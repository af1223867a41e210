import { IconDeviceDesktopPlus } from '@tabler/icons-react';
import { canEnrol } from '../../base/can.ts';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { EnrolmentCommand } from '../EnrolmentCommand.tsx';
import styles from './NoDevices.module.css';

/** The first run: one large empty card that says how to begin. */
export function NoDevices() {
  const { session } = useConnection();
  const may = canEnrol(session);
  return (
    <div className={styles.page}>
      <section className={styles.card}>
        <IconDeviceDesktopPlus size={20} aria-hidden />
        <h1>{may ? texts.add.title : texts.home.title}</h1>
        {may ? <EnrolmentCommand /> : <p>{texts.add.notAdmin}</p>}
      </section>
    </div>
  );
}
