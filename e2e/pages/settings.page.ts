/** Drives members, API tokens and the audit log. */
import type { Locator, Page } from '@playwright/test';

export class SettingsPage {
  constructor(readonly page: Page) {}

  async openMembers(): Promise<void> {
    await this.page.goto('/settings/members');
    await this.memberTable.waitFor();
  }

  async openTokens(): Promise<void> {
    await this.page.goto('/settings/api-tokens');
    await this.tokenTable.waitFor();
  }

  /** What was done to one app. */
  async openAuditLog(appKey: string): Promise<void> {
    await this.page.goto(`/settings/audit-log?appKey=${appKey}`);
    await this.auditTable.waitFor();
  }

  get memberTable(): Locator {
    return this.page.getByTestId('member-table');
  }

  get requireSecondFactor(): Locator {
    return this.page.getByRole('switch', { name: '要求所有成员启用两步验证' });
  }

  /** The switch itself is hidden behind what is drawn of it. */
  async turnSecondFactorRule(): Promise<void> {
    await this.page.getByTestId('require-second-factor').click();
  }

  get tokenTable(): Locator {
    return this.page.getByTestId('token-table');
  }

  get auditTable(): Locator {
    return this.page.getByTestId('audit-table');
  }

  get createMember(): Locator {
    return this.page.getByTestId('create-member');
  }

  get createToken(): Locator {
    return this.page.getByTestId('create-token');
  }

  /** The dialog of a new member or a new token. */
  get dialog(): Locator {
    return this.page.getByRole('dialog').filter({ visible: true });
  }
}
