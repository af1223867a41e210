import type { Device } from '@porthole/protocol';
import { useMemo } from 'react';
import { useConnection } from './portalContext.ts';
import { useStore } from './useStore.ts';

/** One device, followed; undefined when the user can see none of that id. */
export function useDevice(id: string): Device | undefined {
  const { devices } = useConnection();
  return useStore(useMemo(() => devices.device(id), [devices, id]));
}
