import { createServer } from 'node:net';
import { hasCode } from '../private-files.js';

const LOOPBACK = '127.0.0.1';

/** A port that is free at this moment. */
export async function findFreePort(): Promise<number> {
  const port = await tryListen(0, LOOPBACK);
  if (port === null) throw new Error('no free port on 127.0.0.1');
  return port;
}

export async function isPortFree(port: number, host?: string): Promise<boolean> {
  return (await tryListen(port, host)) !== null;
}

function tryListen(port: number, host: string | undefined): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (hasCode(error, 'EADDRINUSE')) resolve(null);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : null);
      });
    });
  });
}
