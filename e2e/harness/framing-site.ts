/** Serves a page of another site that shows an address in a frame. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class FramingSite {
  private framed = '';

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async open(): Promise<FramingSite> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const site = new FramingSite(server, `http://localhost:${String(port)}`);
    server.on('request', (_request, response) => {
      const frame = `<iframe src="${site.framed}" title="framed" width="1300" height="760"></iframe>`;
      response
        .writeHead(200, { 'Content-Type': 'text/html' })
        .end(`<!doctype html><title>Site</title>${frame}`);
    });
    return site;
  }

  show(url: string): void {
    this.framed = url;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}
