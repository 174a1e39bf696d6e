/** Drives the page IM 来源: the list, and adding a source. */
import type { Locator, Page } from '@playwright/test';

export class SourcesPage {
  constructor(readonly page: Page) {}

  async open(appKey: string): Promise<void> {
    await this.page.goto(`/apps/${appKey}/sources`);
    await this.add.waitFor();
  }

  get add(): Locator {
    return this.page.getByTestId('add-source-button');
  }

  card(name: string): Locator {
    return this.page.getByTestId('source-card').filter({ hasText: name });
  }

  linkIn(card: Locator): Locator {
    return card.getByTestId('source-link');
  }

  /** In the empty list, which offers the kinds itself. */
  kindInEmptyList(kind: string): Locator {
    return this.page.getByTestId('empty-notice').getByTestId(`kind-${kind}`);
  }

  get drawer(): Locator {
    return this.page.getByTestId('add-source');
  }

  kind(kind: string): Locator {
    return this.drawer.getByTestId(`kind-${kind}`);
  }

  get create(): Locator {
    return this.drawer.getByTestId('create-source');
  }

  get snippet(): Locator {
    return this.drawer.getByTestId('snippet-text');
  }

  get copySnippet(): Locator {
    return this.drawer.getByTestId('snippet').getByTestId('copy-button');
  }

  /** `data-state` says how far it is: waiting, arrivedElse, arrived. */
  get firstRequest(): Locator {
    return this.drawer.getByTestId('first-request');
  }

  get eventLink(): Locator {
    return this.firstRequest.getByTestId('event-link');
  }

  get finish(): Locator {
    return this.drawer.getByTestId('finish-setup');
  }

  /** The address that the snippet tells the IM server. */
  async addressInSnippet(): Promise<string> {
    const text = (await this.snippet.textContent()) ?? '';
    return /https?:\/\/\S+?\/in\/[\w-]+\/\w+/.exec(text)?.[0] ?? '';
  }
}
