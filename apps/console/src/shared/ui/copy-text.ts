/**
 * Copies a text, also where the page has no clipboard permission or is not served over HTTPS. The usual libraries do
 * not report whether their fallback worked, which the caller has to know.
 *
 * @returns false when the browser refused both ways
 */
export async function copyText(text: string): Promise<boolean> {
  // Absent outside secure contexts, in spite of its type.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard) {
    try {
      await clipboard.writeText(text);
      return true;
    } catch {
      // Permission denied or the document not focused: the old API may still work.
    }
  }
  return copyBySelection(text);
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.setAttribute('aria-hidden', 'true');
  Object.assign(area.style, { position: 'fixed', inset: '0 auto auto 0', opacity: '0' });
  // Inside the open dialog, whose focus trap would take the selection away from anything outside.
  (focused?.closest('[role="dialog"]') ?? document.body).append(area);
  area.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without permission; every browser has it
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
