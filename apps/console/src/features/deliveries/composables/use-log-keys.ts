/** Reads a log by keys: j and k go down and up, x chooses, / searches. Enter opens, since rows are links. */
import { useEventListener } from '@vueuse/core';
import { isTyping } from '../../../shared/ui/is-typing.js';

export interface LogKeys {
  /** In order. */
  ids: () => readonly string[];
  /** The delivery whose drawer is open. */
  openId: () => string | undefined;
  open: (deliveryId: string) => void;
  toggle: (deliveryId: string) => void;
}

const LINK = '[data-testid="open-delivery"]';
const SEARCH = '[data-testid="id-search"] input, input[data-testid="id-search"]';

export function useLogKeys({ ids, openId, open, toggle }: LogKeys): void {
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || isElsewhere(event.target))
      return;
    if (event.key === 'j') move(1);
    else if (event.key === 'k') move(-1);
    else if (event.key === 'x') toggleFocused();
    else if (event.key === '/' && openId() === undefined)
      document.querySelector<HTMLElement>(SEARCH)?.focus();
    else return;
    event.preventDefault();
  });

  function move(steps: number): void {
    const all = ids();
    const at = all.indexOf(openId() ?? focusedId() ?? '');
    const next = all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + steps))];
    if (next === undefined) return;
    if (openId() !== undefined) open(next);
    else document.querySelector<HTMLElement>(`[data-delivery-row="${next}"] ${LINK}`)?.focus();
  }

  function toggleFocused(): void {
    const id = focusedId();
    if (id !== undefined) toggle(id);
  }

  function focusedId(): string | undefined {
    return document.activeElement?.closest<HTMLElement>('[data-delivery-row]')?.dataset.deliveryRow;
  }
}

/** In a dialog over the page keys are meant for it. The drawer is no such dialog: j and k go on in it. */
function isElsewhere(target: EventTarget | null): boolean {
  const dialog = target instanceof HTMLElement ? target.closest('dialog, [role="dialog"]') : null;
  return dialog !== null && !dialog.matches('.delivery-drawer, .delivery-drawer *');
}
