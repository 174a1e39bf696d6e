/** Drives the page of one webhook. */
import type { Locator, Page } from '@playwright/test';

export class WebhookDetailPage {
  constructor(readonly page: Page) {}

  async open(appKey: string, webhookId: string): Promise<void> {
    await this.page.goto(`/apps/${appKey}/im-webhooks/${webhookId}`);
    await this.figures.waitFor();
  }

  async openTab(tab: 'overview' | 'deliveries' | 'settings' | 'signing' | 'history'): Promise<void> {
    await this.page.getByTestId(`tab-${tab}`).click();
  }

  get figures(): Locator {
    return this.page.getByTestId('webhook-figures');
  }

  get revisions(): Locator {
    return this.page.getByTestId('webhook-revision');
  }

  get settings(): Locator {
    return this.page.getByTestId('webhook-settings');
  }

  get externalId(): Locator {
    return this.settings.getByTestId('external-id');
  }

  get signing(): Locator {
    return this.page.getByTestId('webhook-signing');
  }

  get signer(): Locator {
    return this.signing.getByTestId('webhook-signer');
  }

  get reveal(): Locator {
    return this.signing.getByTestId('reveal-webhook-secret');
  }

  get before(): Locator {
    return this.page.getByTestId('webhook-before');
  }

  get ask(): Locator {
    return this.before.getByTestId('ask-now');
  }

  get sendQuestion(): Locator {
    return this.page.getByTestId('send-question');
  }

  get askResult(): Locator {
    return this.page.getByTestId('ask-result');
  }

  get sendNow(): Locator {
    return this.page.getByTestId('send-webhook-now');
  }

  get edit(): Locator {
    return this.page.getByTestId('edit-webhook');
  }
}
