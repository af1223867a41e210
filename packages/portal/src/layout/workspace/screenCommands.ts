import type { Device } from '@porthole/protocol';
import { can } from '../../base/can.ts';
import type { Command } from '../../base/commandsRegistry.ts';
import { visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import type { Seat } from '../../features/input/useSeat.ts';
import type { FullScreen } from '../../features/screen/useFullScreen.ts';
import type { ScreenView } from '../../features/screen/useScreenView.ts';

interface ScreenParts {
  device: Device;
  seat: Seat;
  view: ScreenView;
  fullScreen: FullScreen;
}

/** What can be done with a screen that one looks at. */
export function screenCommands({ device, seat, view, fullScreen }: ScreenParts): Command[] {
  const here = { section: 'here', detail: visibleText(device.name) } as const;
  const words = texts.palette.screen;
  const controlling = seat.phase === 'controlling';
  const mayTake = can(device, 'control') && device.online && device.toggles.input;
  const control = controlling
    ? { ...here, id: 'screen.release', title: words.release, run: () => seat.session.release() }
    : { ...here, id: 'screen.take', title: words.take, run: () => seat.session.take() };
  return [
    ...(controlling || mayTake ? [control] : []),
    ...(fullScreen.toggle
      ? [{ ...here, id: 'screen.full', title: words.fullScreen, words: words.fullScreenWords, run: fullScreen.toggle }]
      : []),
    { ...here, id: 'screen.fit', title: words.fit, run: () => view.setMode('fit') },
    { ...here, id: 'screen.actual', title: words.actual, run: () => view.setMode('actual') },
  ];
}
