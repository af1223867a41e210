import * as z from 'zod';
import { screen, screenWishes } from './screen.ts';

const { picture, maxFps, maxKBps } = screenWishes.shape;

/** How a person wants a screen: what a viewer wishes, and by which factor the picture is shrunk before it is coded. */
export const screenSettings = z.strictObject({ picture, maxFps, maxKBps, shrink: screen.params.shape.shrink.unwrap() });
export type ScreenSettings = z.infer<typeof screenSettings>;

/** What holds for a device while nobody has set anything. */
export const DEFAULT_SCREEN_SETTINGS: ScreenSettings = { picture: 'auto', maxFps: 60, maxKBps: 0, shrink: 1 };
