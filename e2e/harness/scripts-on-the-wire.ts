/** Counts the scripts that a page loads, as they came over the wire: compressed, with their headers. */
import type { Page } from '@playwright/test';

export class ScriptsOnTheWire {
  files: string[] = [];
  bytes = 0;
  /** By request. */
  private readonly loading = new Map<string, string>();

  /** Call before the page is opened; what the page loads again is counted again. Chromium only. */
  static async of(page: Page): Promise<ScriptsOnTheWire> {
    const scripts = new ScriptsOnTheWire();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith('.js')) scripts.loading.set(requestId, pathname);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const name = scripts.loading.get(requestId);
      if (name === undefined) return;
      scripts.loading.delete(requestId);
      scripts.files.push(name);
      scripts.bytes += encodedDataLength;
    });
    session.on('Network.loadingFailed', ({ requestId }) => scripts.loading.delete(requestId));
    return scripts;
  }

  /** Counts those of the next page. */
  startAgain(): void {
    this.files = [];
    this.bytes = 0;
  }

  get areLoaded(): boolean {
    return this.files.length > 0 && this.loading.size === 0;
  }
}
