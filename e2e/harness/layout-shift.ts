/** Measures how much of a page moves by itself while it loads: the browser's cumulative layout shift. */
import type { Page } from '@playwright/test';

declare global {
  interface Window {
    layoutShift?: { total: number; moved: string[] };
  }
}

/** Before the page is opened. */
export async function recordLayoutShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shift = { total: 0, moved: [] as string[] };
    window.layoutShift = shift;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
          sources: { node?: Node }[];
        };
        if (hadRecentInput) continue;
        shift.total += value;
        for (const { node } of sources) {
          const element = node instanceof Element ? node : node?.parentElement;
          if (element) shift.moved.push(`${element.tagName.toLowerCase()}.${element.className}`);
        }
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

export async function readLayoutShift(page: Page): Promise<{ total: number; moved: string[] }> {
  return page.evaluate(() => window.layoutShift ?? { total: 0, moved: [] });
}
