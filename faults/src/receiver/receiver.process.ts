/** Runs a receiver that outlives all faults: it records every request and answers by command. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveCommands } from '@im/testbed/peer-channel';
import { answer } from './misbehave.js';
import type { Arrival, Behaviour, ReceiverCommands } from './receiver-commands.js';

interface Envelope {
  callbackId: string;
  deliveryId: string;
  data: { sequence: number };
}

let behaviours: Behaviour[] = [];
let arrivals: Arrival[] = [];
let lastOrder = 0;
let port = 0;

const server = createServer((request, response) => {
  // Connections end in every way here; that is no fault of this process.
  response.on('error', () => undefined);
  request.on('error', () => undefined);
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    receive(request, Buffer.concat(chunks).toString('utf8'), response);
  });
});

function receive(request: IncomingMessage, body: string, response: ServerResponse): void {
  const channel = Number(request.url?.slice(1));
  const behaviour = behaviours[channel];
  if (behaviour === undefined) {
    response.writeHead(404).end();
    return;
  }
  const parsed = JSON.parse(body) as Envelope | { events: Envelope[] };
  const envelopes = 'events' in parsed ? parsed.events : [parsed];
  const order = ++lastOrder;
  const atMs = Date.now();
  const came = envelopes.map((envelope): Arrival => {
    const { callbackId, deliveryId, data } = envelope;
    return {
      channel,
      sequence: data.sequence,
      callbackId,
      deliveryId,
      attempt: Number(request.headers['x-app-attempt']),
      order,
      acceptedOrder: 0,
      atMs,
      behaviour,
      bodyHash: createHash('sha1')
        .update('events' in parsed ? JSON.stringify(envelope) : body)
        .digest('base64'),
      batchSize: envelopes.length,
    };
  });
  arrivals.push(...came);
  answer(behaviour, response, () => {
    lastOrder += 1;
    for (const arrival of came) arrival.acceptedOrder = lastOrder;
  });
}

serveCommands<ReceiverCommands>({
  open: ({ channels }) => {
    behaviours = Array.from({ length: channels }, () => 'ok');
    arrivals = [];
    lastOrder = 0;
    return null;
  },
  behave: ({ channel, behaviour }) => {
    behaviours[channel] = behaviour;
    return null;
  },
  listen: async () => {
    if (!server.listening) {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      port = (server.address() as AddressInfo).port;
    }
    return port;
  },
  refuse: async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    return null;
  },
  arrivals: ({ from, limit }) => arrivals.slice(from, from + limit),
  count: () => arrivals.length,
});
