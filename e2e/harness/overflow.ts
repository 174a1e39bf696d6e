import type { Page } from '@playwright/test';

/**
 * Finds elements that overflow the window or their card to the right and cannot be scrolled to. A table's own scrolling
 * counts as overflow, since nothing shows it.
 */
export function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const name = (element: Element) => `${element.tagName.toLowerCase()}.${element.className}`;
    const isContained = (element: Element, card: Element) => {
      for (let around = element.parentElement; around && around !== card; around = around.parentElement) {
        // The body of a card or a dialog also scrolls, but overflow in it counts all the same.
        const isOwnBody = around.matches('.el-card__body, .el-dialog__body');
        const isTable = around.closest('.el-table') !== null;
        if (!isOwnBody && !isTable && getComputedStyle(around).overflowX !== 'visible') return true;
      }
      return false;
    };
    const measure = () => {
      const root = document.documentElement;
      const found =
        root.scrollWidth > root.clientWidth ? [`the page is ${String(root.scrollWidth)} wide`] : [];
      for (const card of document.querySelectorAll('.el-card, .el-dialog, .el-drawer__body')) {
        const { right } = card.getBoundingClientRect();
        const beyond = [...card.querySelectorAll('*')].find((element) => {
          const box = element.getBoundingClientRect();
          return box.width > 0 && box.height > 0 && box.right > right + 1 && !isContained(element, card);
        });
        if (beyond) found.push(`${name(beyond)} runs out of ${name(card)}`);
      }
      return found;
    };
    // A table measures its card first, and is laid out in later frames; on a busy machine much later.
    let found: string[] = [];
    for (let frame = 1; frame <= 60; frame += 1) {
      await new Promise(requestAnimationFrame);
      if (frame < 10) continue;
      found = measure();
      if (found.length === 0) break;
    }
    return found;
  });
}
