/** Scrolls a page that is opened: to its top, or to where it was left when a person comes back to it. */
import type { RouterScrollBehavior } from 'vue-router';

/** A list that loads later does not move the page, since the person may be reading something else. */
const GIVE_UP_AFTER_MS = 5_000;
const OWN_MOVES = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

export const scrollPosition: RouterScrollBehavior = (to, from, saved) => {
  if (saved) return whenTallEnough(saved.top).then((isThere) => isThere && saved);
  // A filter, a page of the list, a drawer: the reader stays where they are.
  return to.path === from.path ? false : { left: 0, top: 0 };
};

/** Waits for the list, which loads after the page. False when the person scrolled while it loaded. */
function whenTallEnough(top: number): Promise<boolean> {
  return new Promise((resolve) => {
    const observer = new ResizeObserver(look);
    const timer = setTimeout(() => end(true), GIVE_UP_AFTER_MS);
    const moveOn = () => end(false);

    function end(isThere: boolean): void {
      observer.disconnect();
      clearTimeout(timer);
      for (const move of OWN_MOVES) window.removeEventListener(move, moveOn);
      resolve(isThere);
    }

    function look(): void {
      if (document.documentElement.scrollHeight >= top + window.innerHeight) end(true);
    }

    for (const move of OWN_MOVES) window.addEventListener(move, moveOn, { passive: true });
    // Reports the first size at once, and every change.
    for (const element of document.querySelectorAll('body, #app > *')) observer.observe(element);
  });
}
