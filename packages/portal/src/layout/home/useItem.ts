import type { Device, HomeField } from '@porthole/protocol';
import { type RefObject, useCallback } from 'react';
import { useConnection } from '../../base/portalContext.ts';
import { useDevice } from '../../base/useDevice.ts';
import { useSelected } from '../../base/useStore.ts';
import { useHome } from './homeContext.ts';
import { useOnScreen } from './useOnScreen.ts';

/** Fields that need samples as they come. */
const LIVE: readonly HomeField[] = ['cpu', 'memory', 'disk', 'network', 'temperature', 'load', 'battery'];

interface Item {
  device: Device | undefined;
  isChosen: boolean;
  /** Attributes of the element that stands for the device: how it looks while something is moved. */
  attributes: Record<`data-${string}`, string | true | undefined>;
}

/** One device of a view: followed, and watched at the hub while it is on screen, as far as its fields need that. */
export function useItem(id: string, fields: readonly HomeField[], ref: RefObject<Element | null>): Item {
  const device = useDevice(id);
  const { watch } = useConnection();
  const { selection, drag } = useHome();
  const kind = fields.includes('picture') ? 'card' : fields.some((field) => LIVE.includes(field)) ? 'stats' : undefined;
  useOnScreen(
    ref,
    useCallback(() => (kind ? watch.add(id, kind) : nothing), [watch, id, kind]),
  );
  const isChosen = useSelected(selection, ({ chosen }) => chosen.has(id));
  const moved = useSelected(drag, (state) => (state.by !== 'nothing' && state.id === id ? state.by : undefined));
  const drop = useSelected(drag, (state) =>
    state.by === 'pointer' && state.target?.id === id ? state.target.side : undefined,
  );
  return {
    device,
    isChosen,
    attributes: {
      'data-device': id,
      'data-chosen': isChosen || undefined,
      'data-moved': moved,
      'data-drop': drop,
    },
  };
}

function nothing(): void {
  // Nothing of it was asked for, so there is nothing to take back.
}
