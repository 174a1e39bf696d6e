/** Answers with what it was sent, so that whatever a caller sends also comes back to it, and keeps it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface EchoServer {
  url: string;
  /** Address, headers and body of each request. */
  texts: string[];
  stop: () => Promise<void>;
}

/** @param statusOf the status that is answered to a path; absent: always 200 */
export async function startEchoServer(statusOf: (path: string) => number = () => 200): Promise<EchoServer> {
  const texts: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      const body = Buffer.concat(chunks).toString('latin1');
      const text = JSON.stringify({ msg: `${url} ${JSON.stringify(headers)} ${body}` });
      texts.push(text);
      response.writeHead(statusOf(url), { 'content-type': 'application/json', 'x-echo': encodeURI(url) });
      response.end(text);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    texts,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
