/** Opens the address that `npm start` prints, and records what a browser loads from there. */
import type { Page, Request, Response } from '@playwright/test';

/** One file or answer as it came over the wire. */
export interface Transfer {
  path: string;
  status: number;
  type: string;
  encoding: string | undefined;
  /** Without the headers. */
  wireBytes: number;
  bytes: number;
}

export class FrontDoorPage {
  private readonly loaded: Promise<Transfer | null>[] = [];

  constructor(readonly page: Page) {
    // At once, since the browser drops what a page loaded with the page.
    page.on('requestfinished', (request) => {
      this.loaded.push(measure(request).catch(() => null));
    });
  }

  /** Types the bare address and waits for all that the first page loads. */
  async open(): Promise<Response> {
    const response = await this.page.goto('/', { waitUntil: 'networkidle' });
    if (response === null) throw new Error('the browser did not leave its page');
    return response;
  }

  /** What was loaded so far, in the order in which it came; without what a page took with it when it was left. */
  async transfers(): Promise<Transfer[]> {
    const loaded = await Promise.all(this.loaded);
    return loaded.filter((transfer) => transfer !== null);
  }
}

async function measure(request: Request): Promise<Transfer> {
  const response = await request.response();
  if (response === null) throw new Error(`no answer for ${request.url()}`);
  const [headers, sizes, body] = await Promise.all([response.allHeaders(), request.sizes(), response.body()]);
  return {
    path: new URL(request.url()).pathname,
    status: response.status(),
    type: headers['content-type'] ?? '',
    encoding: headers['content-encoding'],
    wireBytes: sizes.responseBodySize,
    bytes: body.length,
  };
}
