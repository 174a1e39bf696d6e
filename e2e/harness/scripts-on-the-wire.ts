/** Counts the scripts that a page loads, as they came over the wire: compressed, with their headers. */
import type { Page } from '@playwright/test';

export class ScriptsOnTheWire {
  readonly files: string[] = [];
  bytes = 0;

  /** Call before the page is opened. Chromium only. */
  static async of(page: Page): Promise<ScriptsOnTheWire> {
    const scripts = new ScriptsOnTheWire();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const names = new Map<string, string>();
    session.on('Network.responseReceived', ({ requestId, response }) => {
      const { pathname } = new URL(response.url);
      if (pathname.endsWith('.js')) names.set(requestId, pathname);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const name = names.get(requestId);
      if (name === undefined) return;
      scripts.files.push(name);
      scripts.bytes += encodedDataLength;
    });
    return scripts;
  }
}
