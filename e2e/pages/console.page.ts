/** Drives the frame around every page: navigation, switches, account menu, dialogs and messages. */
import { expect, type Locator, type Page } from '@playwright/test';
import { LoginPage } from './login.page.js';

export class ConsolePage {
  constructor(readonly page: Page) {}

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get html(): Locator {
    return this.page.locator('html');
  }

  /** Everything there is to read. */
  get body(): Locator {
    return this.page.locator('body');
  }

  get navigation(): Locator {
    return this.page
      .getByRole('navigation', { name: /^(主导航|Main navigation)$/ })
      .filter({ visible: true });
  }

  navigationLink(name: string): Locator {
    return this.navigation.getByRole('link', { name, exact: true });
  }

  /** Of the pages that the navigation leads to. */
  navigationAddresses(): Promise<string[]> {
    return this.navigation
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  }

  /** Shows the navigation where the screen is too narrow to have it always. */
  get openNavigation(): Locator {
    return this.page.getByRole('button', { name: '打开导航' });
  }

  /** The search over pages, apps, webhooks and ids. */
  get palette(): Locator {
    return this.page.getByTestId('palette');
  }

  get paletteEntries(): Locator {
    return this.palette.getByTestId('palette-entry');
  }

  async openPalette(): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.palette.waitFor();
  }

  get foldNavigation(): Locator {
    return this.page.getByTestId('fold-navigation');
  }

  /** Waits until everything is loaded and the heading is that of a page. */
  async becomeIdle(): Promise<void> {
    await this.heading.waitFor();
    await expect(this.page.getByRole('status', { name: '加载中' })).toHaveCount(0);
  }

  /** Failures that a page shows. */
  get errors(): Locator {
    return this.page.getByTestId('error-notice');
  }

  /** Instead of a page that the person's role may not see. */
  get forbidden(): Locator {
    return this.page.getByTestId('forbidden');
  }

  /** How far down the page is scrolled, in pixels. */
  scrolledTo(): Promise<number> {
    return this.page.evaluate(() => Math.round(window.scrollY));
  }

  async switchApp(name: string): Promise<void> {
    await this.page.getByTestId('app-switcher').click();
    await this.page.getByRole('option', { name, exact: true }).click();
  }

  get languageSwitch(): Locator {
    return this.page.getByTestId('language-switch');
  }

  get themeSwitch(): Locator {
    return this.page.getByTestId('theme-switch');
  }

  /** The switch cycles; its name shows its state. */
  async chooseTheme(name: string): Promise<void> {
    const chosen = this.page.getByRole('button', { name: `外观：${name}` });
    while (!(await chosen.isVisible())) await this.themeSwitch.click();
  }

  /** Ends with the login page: until then the session may still be open. */
  async logOut(): Promise<void> {
    await this.page.getByTestId('user-menu').click();
    await this.page.getByRole('menuitem', { name: '退出登录' }).click();
    await new LoginPage(this.page).email.waitFor();
  }

  /** A message that passes. */
  message(text: string | RegExp): Locator {
    return this.page.locator('.el-message').filter({ hasText: text });
  }

  /** The question asked before something dangerous. */
  get question(): Locator {
    return this.page.locator('.el-message-box');
  }

  async answer(button: string): Promise<void> {
    await this.question.getByRole('button', { name: button, exact: true }).click();
  }
}
