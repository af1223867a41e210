import { useEffect, useState } from 'react';
import { Dialog } from '../../base/Dialog.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { HomeApi } from './homeApi.ts';
import { Outcomes } from './Outcomes.tsx';
import { type Outcome, onEach } from './onEach.ts';

/** Wakes the devices at once, and says who sent the packets and what went wrong. */
export function WakeDialog({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const { api } = useConnection();
  const [done, setDone] = useState<{ outcome: Outcome; note: string | undefined }>();
  useEffect(() => {
    const home = new HomeApi(api);
    let note: string | undefined;
    let isGone = false;
    void onEach(ids, async (id) => {
      const { hub, devices } = await home.wake(id);
      if (ids.length === 1) note = texts.arrange.menu.awake(hub, devices);
    }).then((outcome) => {
      if (!isGone) setDone({ outcome, note });
    });
    return () => {
      isGone = true;
    };
  }, [api, ids]);
  return (
    <Dialog title={texts.arrange.menu.wake} onClose={onClose}>
      {done ? <Outcomes {...done} onClose={onClose} /> : null}
    </Dialog>
  );
}
