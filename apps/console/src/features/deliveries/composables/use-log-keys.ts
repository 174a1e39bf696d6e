/** Reads a log by keys: j and k go down and up, x chooses, r redelivers what is open, / searches. Enter opens a link. */
import { useEventListener } from '@vueuse/core';
import { isTyping } from '../../../shared/ui/is-typing.js';

export interface LogKeys {
  /** In order. */
  ids: () => readonly string[];
  /** The delivery that is open. */
  openId: () => string | undefined;
  /** It covers the list, so there is nothing to search. */
  isCovered: () => boolean;
  open: (deliveryId: string) => void;
  toggle: (deliveryId: string) => void;
}

const LINK = '[data-testid="open-delivery"]';
const REDELIVER = '[data-testid="redeliver"]';
const SEARCH = '[data-testid="id-search"] input, input[data-testid="id-search"]';

export function useLogKeys({ ids, openId, isCovered, open, toggle }: LogKeys): void {
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || isElsewhere(event.target))
      return;
    if (event.key === 'j') move(1);
    else if (event.key === 'k') move(-1);
    else if (event.key === 'x') toggleFocused();
    else if (event.key === 'r' && !event.repeat && openId() !== undefined) press(REDELIVER);
    else if (event.key === '/' && !isCovered()) document.querySelector<HTMLElement>(SEARCH)?.focus();
    else return;
    event.preventDefault();
  });

  function move(steps: number): void {
    const all = ids();
    const at = all.indexOf(openId() ?? focusedId() ?? '');
    const next = all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + steps))];
    if (next === undefined) return;
    const row = document.querySelector<HTMLElement>(`[data-delivery-row="${next}"]`);
    if (openId() === undefined) row?.querySelector<HTMLElement>(LINK)?.focus();
    else {
      open(next);
      row?.scrollIntoView({ block: 'nearest' });
    }
  }

  function toggleFocused(): void {
    const id = focusedId() ?? (isCovered() ? undefined : openId());
    if (id !== undefined) toggle(id);
  }

  function press(button: string): void {
    document.querySelector<HTMLElement>(button)?.click();
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
