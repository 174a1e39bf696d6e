/** Collects faults of pages that a person does not see: refused requests, errors in the browser's console. */
import type { Page } from '@playwright/test';

export class PageFaults {
  private readonly found: string[] = [];

  constructor(page: Page) {
    page.on('response', (response) => {
      if (response.status() >= 400) this.found.push(`${String(response.status())} ${response.url()}`);
    });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.found.push(message.text());
    });
    page.on('pageerror', (error) => this.found.push(error.message));
  }

  /** Those since it was last asked. */
  take(): string[] {
    return this.found.splice(0);
  }
}
