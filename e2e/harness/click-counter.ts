import type { Page } from '@playwright/test';

/** Counts the clicks of a person on the page, until it is loaded again. */
export async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const counted: Event[] = [];
    window.addEventListener(
      'click',
      (event) => {
        // A label's click brings one of its own with it, which the person did not make.
        if (event.isTrusted && event.detail > 0) counted.push(event);
        document.documentElement.dataset.clicks = String(counted.length);
      },
      true,
    );
  });
  return () => page.evaluate(() => Number(document.documentElement.dataset.clicks ?? 0));
}
