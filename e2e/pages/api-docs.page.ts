/** Drives the API reference at `/api/docs`: operations and events, as the renderer lays them out. */
import type { Locator, Page } from '@playwright/test';

export class ApiDocsPage {
  constructor(readonly page: Page) {}

  /** @param anchor such as `#getEvent` */
  async open(lang: 'zh' | 'en', anchor = ''): Promise<void> {
    await this.page.goto(`/api/docs?lang=${lang}${anchor}`);
    await this.title.waitFor();
  }

  /** Of the document that is shown. */
  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get callbacks(): Locator {
    return this.page.locator('header a[href="#callbacks"]');
  }

  language(name: '中文' | 'English'): Locator {
    return this.page.getByRole('link', { name, exact: true });
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { name, exact: true });
  }

  event(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The groups and operations of the menu that are not folded. */
  get menu(): Locator {
    return this.page.locator('aside a[href^="#api/tag/"]');
  }
}
