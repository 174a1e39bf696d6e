import type { Locator, Page } from '@playwright/test';

export class SignatureDebuggerPage {
  constructor(readonly page: Page) {}

  async open(appKey: string): Promise<void> {
    await this.page.goto(`/apps/${appKey}/debug`);
  }

  /** What can be done, while there is nothing to explain. */
  get nothing(): Locator {
    return this.page.getByTestId('no-explanation');
  }

  get request(): Locator {
    return this.page.getByTestId('pasted-request');
  }

  get ownString(): Locator {
    return this.page.getByTestId('own-string');
  }

  get explanation(): Locator {
    return this.page.getByTestId('explanation');
  }

  get verdict(): Locator {
    return this.page.getByTestId('verdict');
  }

  /** A line of the string that is signed, or key or signature. */
  line(part: 'appKey' | 'timestamp' | 'nonce' | 'body' | 'key' | 'signature'): Locator {
    return this.explanation.locator(`[data-part=${part}]`);
  }

  /** The characters that differ. */
  marksIn(line: Locator): Locator {
    return line.locator('mark');
  }

  async appendToBody(text: string): Promise<void> {
    await this.request.fill((await this.request.inputValue()) + text);
  }
}
