import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Dialog } from '../../base/Dialog.tsx';
import { visibleText } from '../../base/format.ts';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import dialogs from '../dialogs.module.css';
import { HomeApi } from './homeApi.ts';
import { Outcomes } from './Outcomes.tsx';
import { type Outcome, onEach } from './onEach.ts';

interface BulkDialogProps {
  ids: readonly string[];
  title: string;
  /** What will happen. */
  what: ReactNode;
  /** The word on the button that does it. */
  verb: string;
  act(home: HomeApi, id: string): Promise<unknown>;
  onClose(): void;
}

/** Asks before something is done to many devices, names them, and tells afterwards who failed. The safe answer has the focus. */
export function BulkDialog({ ids, title, what, verb, act, onClose }: BulkDialogProps) {
  const { api, devices } = useConnection();
  const [outcome, setOutcome] = useState<Outcome>();
  // As they were called before: some may be gone afterwards.
  const [names] = useState(() => ids.map((id) => visibleText(devices.device(id).get()?.name ?? id)));
  const doing = useAction(async () => {
    const home = new HomeApi(api);
    const result = await onEach(ids, (id) => act(home, id));
    if (result.failures.length === 0) onClose();
    else setOutcome(result);
  });
  if (outcome) {
    return (
      <Dialog title={title} onClose={onClose}>
        <Outcomes outcome={outcome} onClose={onClose} />
      </Dialog>
    );
  }
  const more = names.length - NAMED;
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={dialogs.form}>
        <p>
          {names.slice(0, NAMED).join(', ')}
          {more > 0 ? ` ${texts.arrange.bulk.others(more)}` : ''}
        </p>
        <p>{what}</p>
        <div className={dialogs.actions}>
          <Button variant="default" onClick={onClose} autoFocus>
            {texts.device.cancel}
          </Button>
          <Button color="red.9" onClick={() => doing.run()} loading={doing.busy}>
            {verb}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** So many devices are named; of more it says how many. */
const NAMED = 12;
