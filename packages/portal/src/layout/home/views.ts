import type { HomeView } from '@porthole/protocol';
import type { ComponentType } from 'react';
import { DeviceCard } from './DeviceCard.tsx';
import { DeviceLine } from './DeviceLine.tsx';
import { DeviceRow } from './DeviceRow.tsx';
import { DeviceTile } from './DeviceTile.tsx';
import type { ItemProps } from './homeContext.ts';

/** How each view shows one device. */
export const ITEMS: Record<HomeView, ComponentType<ItemProps>> = {
  cards: DeviceCard,
  table: DeviceRow,
  list: DeviceLine,
  wall: DeviceTile,
};
