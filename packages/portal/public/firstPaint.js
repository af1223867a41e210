// Runs before anything is painted, so that the page does not flash: how it looked last (base/appearance/keptAppearance.ts).
(() => {
  const root = document.documentElement;
  const set = (name, value, form) => {
    if (typeof value === 'string' && form.test(value)) root.setAttribute(name, value);
  };
  try {
    const kept = JSON.parse(localStorage.getItem('porthole.appearance') ?? '{}');
    set('data-mantine-color-scheme', kept.scheme, /^(light|dark)$/);
    set('data-accent', kept.accent, /^[a-z]+$/);
    set('data-density', kept.density, /^[a-z]+$/);
    set('data-motion', kept.motion, /^[a-z]+$/);
  } catch {
    // Nothing readable was kept: the page looks as it does for everybody.
  }
})();
