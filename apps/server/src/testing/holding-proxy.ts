/** Stands before a server and, once it has refused often enough, holds what comes next until it is let through. */
import { once } from 'node:events';
import { createServer, request as open, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HoldingProxy {
  url: string;
  /** Resolves when it begins to hold. */
  holds: Promise<void>;
  /** Lets through what it holds, and everything from now on. */
  letThrough: () => void;
  stop: () => Promise<void>;
}

/** @param isEnough of the refusals so far, by target, whether the next request is held */
export async function startHoldingProxy(
  target: string,
  isEnough: (refused: readonly string[]) => boolean,
): Promise<HoldingProxy> {
  const refused: string[] = [];
  const holding = Promise.withResolvers<undefined>();
  const through = Promise.withResolvers<undefined>();
  let turn: Promise<undefined> | undefined;
  const answered = (url: string, status: number): void => {
    if (status !== 503) return;
    refused.push(url);
    if (turn || !isEnough(refused)) return;
    turn = through.promise;
    holding.resolve(undefined);
  };
  const server = createServer((request, response) => {
    const pass = async (): Promise<void> => {
      await turn;
      forward(target, request, response, answered);
    };
    void pass();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    holds: holding.promise,
    letThrough: () => through.resolve(undefined),
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function forward(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  answered: (url: string, status: number) => void,
): void {
  const { method = 'POST', url = '/', headers } = request;
  const onward = open(target + url, { method, headers }, (answer) => {
    const { statusCode = 502 } = answer;
    answered(url, statusCode);
    response.writeHead(statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}
