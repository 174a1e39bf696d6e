/** Drives the tenants of the installation, for operators. */
import type { Locator, Page } from '@playwright/test';

export class TenantsPage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/settings/tenants');
    await this.table.waitFor();
  }

  get table(): Locator {
    return this.page.getByTestId('tenant-table');
  }

  row(name: string): Locator {
    return this.table.getByRole('row').filter({ hasText: name });
  }

  suspend(name: string): Locator {
    return this.row(name).getByRole('button', { name: '停用' });
  }

  get create(): Locator {
    return this.page.getByTestId('create-tenant');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog').filter({ visible: true });
  }

  async add(name: string, adminEmail: string): Promise<string> {
    await this.create.click();
    await this.dialog.getByLabel('名称').fill(name);
    await this.dialog.getByLabel('首位管理员的邮箱').fill(adminEmail);
    await this.dialog.getByRole('button', { name: '创建' }).click();
    const password = await this.page.getByTestId('secret-value').innerText();
    await this.page.getByRole('button', { name: '我已保存' }).click();
    return password;
  }
}
