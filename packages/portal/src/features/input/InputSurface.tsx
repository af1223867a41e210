import { type RefObject, useEffect, useRef } from 'react';
import { texts } from '../../base/texts.ts';
import styles from './InputSurface.module.css';
import type { InputSession } from './inputSession.ts';
import { KeyboardCapture } from './keyboardCapture.ts';
import { PointerCapture } from './pointerCapture.ts';
import type { Gesture, Point } from './touchGestures.ts';
import { listenViewGestures } from './viewGestures.ts';

export interface InputSurfaceProps {
  session: InputSession;
  controlling: boolean;
  deviceName: string;
  /** The element that holds the picture, and receives what is done to it. */
  picture: RefObject<HTMLElement | null>;
  /** A point of the page, and where the picture lies on it, as a pixel of the display. */
  locate(point: Point, box: DOMRect): Point | undefined;
  scroller: RefObject<HTMLElement | null>;
  pinch(gesture: Gesture & { type: 'pinch' }): void;
  /** The hidden text field; whoever gives it the focus gives the keyboard to the device. */
  sink: RefObject<HTMLTextAreaElement | null>;
  focusChanged(focused: boolean): void;
  gaveBack(): void;
}

/** Listens to the picture: in control it sends pointer and keys, otherwise fingers move the view. Shows nothing itself. */
export function InputSurface(props: InputSurfaceProps) {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useCapture(latest, props.controlling);
  if (!props.controlling) return null;
  return (
    <textarea
      ref={props.sink}
      className={styles.sink}
      data-keyboard
      aria-label={texts.control.sink(props.deviceName)}
      autoCapitalize="none"
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      tabIndex={0}
    />
  );
}

function useCapture(latest: RefObject<InputSurfaceProps>, controlling: boolean): void {
  useEffect(() => {
    const element = latest.current.picture.current;
    const sink = latest.current.sink.current;
    if (!element) return;
    const pinch = (gesture: Gesture & { type: 'pinch' }) => latest.current.pinch(gesture);
    if (!controlling || !sink) {
      return listenViewGestures({ surface: element, scroller: () => latest.current.scroller.current, pinch });
    }
    const { session } = latest.current;
    const keyboard = new KeyboardCapture({
      sink,
      send: (message) => session.send(message),
      focusChanged: (focused) => latest.current.focusChanged(focused),
      gaveBack: () => latest.current.gaveBack(),
    });
    const pointer = new PointerCapture({
      surface: element,
      locate: (point) => latest.current.locate(point, element.getBoundingClientRect()),
      send: (message) => session.send(message),
      pressed: () => sink.focus({ preventScroll: true }),
      moveView: pinch,
    });
    if (mayTakeKeyboard()) sink.focus({ preventScroll: true });
    return () => {
      keyboard.close();
      pointer.close();
    };
  }, [latest, controlling]);
}

/** Who gets control can type at once, unless they are busy elsewhere in the page or have no keyboard but the screen's. */
function mayTakeKeyboard(): boolean {
  const active = document.activeElement;
  const free = active === null || active === document.body || active.hasAttribute('data-control');
  return free && window.matchMedia('(pointer: fine)').matches;
}
