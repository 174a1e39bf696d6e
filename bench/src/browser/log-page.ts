/** Opens the console's log in Chromium as a person does, and reads what it shows. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Admin, Deployment } from '@im/testbed/deployment';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { MainThreadTrace } from './main-thread-trace.js';

export const CONSOLE_DIR = fileURLToPath(new URL('../../../apps/console/dist', import.meta.url));

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
/** Far more than it takes on an idle machine. */
const WITHIN_MS = 120_000;
const VIEWPORT = { width: 1440, height: 900 };

/** What the page says of the deliveries it knows. */
export interface LogCounts {
  shown: number;
  /** Kept for a reader who has scrolled. */
  buffered: number;
  leftOut: number;
}

/** Counts the times that rows come or go: the table is rendered once for each. */
const COUNT_UPDATES = `
  window.tableUpdates = 0;
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => target.nodeName === 'TBODY')) window.tableUpdates += 1;
  }).observe(document.querySelector('[data-testid=delivery-table]').parentElement, { childList: true, subtree: true });
`;

const READ_COUNTS = `
  (() => {
    const numberIn = (testId) =>
      Number(document.querySelector('[data-testid=' + testId + ']')?.textContent.replace(/[^0-9]/g, '') ?? 0);
    return {
      shown: document.querySelectorAll('[data-delivery-row]').length,
      buffered: numberIn('show-waiting'),
      leftOut: numberIn('left-out'),
    };
  })()
`;

export class LogPage {
  private constructor(
    private readonly browser: Browser,
    private readonly page: Page,
    private readonly session: CDPSession,
    readonly trace: MainThreadTrace,
    /** The oldest row that the log began with. */
    readonly oldestId: string,
  ) {}

  /**
   * Logs in and follows the log of the app.
   *
   * @param begin called before the log is opened
   */
  static async open(
    { apiUrl: consoleUrl, admin }: Pick<Deployment, 'apiUrl' | 'admin'>,
    appKey: string,
    begin: () => Promise<void>,
  ): Promise<LogPage> {
    if (!existsSync(`${CONSOLE_DIR}/index.html`))
      throw new Error('build the console first (pnpm build:console)');
    const executablePath = process.env.CHROMIUM_PATH;
    const browser = await chromium.launch({ args: ARGUMENTS, ...(executablePath && { executablePath }) });
    try {
      const page = await browser.newPage({ viewport: VIEWPORT, locale: 'zh-CN' });
      page.setDefaultTimeout(WITHIN_MS);
      await logIn(page, consoleUrl, admin);
      await begin();
      const oldestId = await openLog(page, `${consoleUrl}/apps/${appKey}/deliveries?live=1`);
      await page.evaluate(COUNT_UPDATES);
      const session = await page.context().newCDPSession(page);
      const trace = new MainThreadTrace(await browser.newBrowserCDPSession());
      return new LogPage(browser, page, session, trace, oldestId);
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  counts(): Promise<LogCounts> {
    return this.page.evaluate<LogCounts>(READ_COUNTS);
  }

  /** How often the table was rendered so far. */
  updates(): Promise<number> {
    return this.page.evaluate<number>('window.tableUpdates');
  }

  /** Scrolls: new rows are buffered from then on. */
  async scroll(): Promise<void> {
    await this.page.mouse.wheel(0, 1_500);
  }

  /** Shows what is buffered. */
  async showBuffered(): Promise<void> {
    await this.page.getByTestId('show-waiting').click();
  }

  /** What is reachable in the page's JavaScript heap, MiB. */
  async heapMiB(): Promise<number> {
    await this.session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.session.send('Runtime.getHeapUsage');
    return usedSize / 2 ** 20;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

async function logIn(page: Page, consoleUrl: string, { email, password }: Admin): Promise<void> {
  await page.goto(`${consoleUrl}/login`);
  await page.getByLabel('邮箱').fill(email);
  await page.getByRole('textbox', { name: '密码' }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** @returns the oldest row of the first page as it was loaded when the stream had opened */
async function openLog(page: Page, url: string): Promise<string> {
  let isOpen = false;
  page.on('response', (response) => (isOpen ||= response.url().endsWith('/live')));
  const reload = page.waitForRequest((request) => isOpen && /\/deliveries\?.*limit=50/.test(request.url()));
  await page.goto(url);
  const response = await (await reload).response();
  const { data } = (await response?.json()) as { data: { deliveryId: string }[] };
  await page.locator('[data-delivery-row]').first().waitFor();
  const oldest = data.at(-1);
  if (!oldest) throw new Error('the log is empty');
  return oldest.deliveryId;
}
