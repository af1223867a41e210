import { type KeyPlace, shortcuts } from './shortcuts.ts';

const TYPING =
  'input:not([type="checkbox"], [type="radio"], [type="range"]), textarea, select, [contenteditable="true"]';
const COVERS = 'dialog[open], [role="dialog"], [role="menu"]';

/** Lets the page answer to its shortcuts; returns how to stop. */
export function listenForShortcuts(): () => void {
  const pressed = (event: KeyboardEvent) => {
    const run = shortcuts.find(event, placeOf(event));
    if (!run) return;
    event.preventDefault();
    run();
  };
  window.addEventListener('keydown', pressed);
  return () => window.removeEventListener('keydown', pressed);
}

function placeOf(event: KeyboardEvent): KeyPlace {
  const target = event.target instanceof Element ? event.target : undefined;
  return {
    isTyping: event.isComposing || target?.closest(TYPING) !== null,
    // A screen takes every key for itself as it comes; a terminal leaves some to the browser.
    isTaken: event.defaultPrevented || (target !== undefined && target.closest('.xterm, [data-keyboard]') !== null),
    isCovered: document.querySelector(COVERS) !== null,
  };
}
