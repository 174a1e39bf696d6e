import type { Page } from '@playwright/test';

/**
 * What runs out of the window or of its card to the right, without a place of its own to scroll in. A table's own
 * scrolling counts as running out: nothing hints at it.
 */
export function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // A table measures its card first, and is laid out by that in the frames after.
    for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
    const name = (element: Element) => `${element.tagName.toLowerCase()}.${element.className}`;
    const isHeld = (element: Element, card: Element) => {
      for (let around = element.parentElement; around && around !== card; around = around.parentElement) {
        // The body of a card or a dialog scrolls too, unasked: what does not fit into it runs out all the same.
        const isOwnBody = around.matches('.el-card__body, .el-dialog__body');
        const isTable = around.closest('.el-table') !== null;
        if (!isOwnBody && !isTable && getComputedStyle(around).overflowX !== 'visible') return true;
      }
      return false;
    };
    const root = document.documentElement;
    const found = root.scrollWidth > root.clientWidth ? [`the page is ${String(root.scrollWidth)} wide`] : [];
    for (const card of document.querySelectorAll('.el-card, .el-dialog, .el-drawer__body')) {
      const { right } = card.getBoundingClientRect();
      const beyond = [...card.querySelectorAll('*')].find((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && box.height > 0 && box.right > right + 1 && !isHeld(element, card);
      });
      if (beyond) found.push(`${name(beyond)} runs out of ${name(card)}`);
    }
    return found;
  });
}
