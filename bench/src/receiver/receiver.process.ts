/**
 * Runs a cheap receiver: it finds the event's sequence in the raw bytes, records when it came and answers as planned.
 * Events carry `"sequence":<n>` in their data; it reports on request.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ArrivalRecord, type Arrival } from './arrival-record.js';
import { machineMs } from '@im/testbed/clock';
import { serveCommands } from '@im/testbed/peer-channel';
import type { ChannelPlan, ReceiverCommands } from './receiver-commands.js';

const SEQUENCE_MARK = '"sequence":';
const DIGIT_0 = 48;
const ALLOW = '{"decision":"allow"}';
/** Longer than any pause of a case, so that no request meets a connection that is just being closed. */
const KEEP_ALIVE_MS = 120_000;

interface Channel extends ChannelPlan {
  record: ArrivalRecord;
}

let channels: Channel[] = [];
let arrived = 0;
let requests = 0;
let port = 0;

const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    receive(request, chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks), response);
  });
});

function receive(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
  requests += 1;
  const channel = channels[Number(request.url?.slice(1))];
  const arrival: Arrival = {
    sequence: sequenceIn(body),
    callbackId: String(request.headers['x-app-callback-id']),
    attempt: Number(request.headers['x-app-attempt']),
    atMs: machineMs(),
  };
  if (!channel || arrival.sequence < 0) {
    response.writeHead(400).end();
    return;
  }
  channel.record.noteRequest(arrival);
  answer(channel, arrival, response);
}

function answer({ behaviour, record }: Channel, arrival: Arrival, response: ServerResponse): void {
  const succeed = (): void => {
    if (record.noteSuccess(arrival)) arrived += 1;
    response.writeHead(200, { 'Content-Length': 2 }).end('ok');
  };
  if (behaviour.kind === 'hang') {
    const timer = setTimeout(succeed, behaviour.answerAfterMs);
    response.once('close', () => {
      clearTimeout(timer);
    });
  } else if (behaviour.kind === 'fail-first' && isToFail(arrival, behaviour.percent)) {
    record.noteFailure(arrival);
    response.writeHead(500, { 'Content-Length': 0 }).end();
  } else if (behaviour.kind === 'allow') {
    record.noteSuccess(arrival);
    response
      .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': ALLOW.length })
      .end(ALLOW);
  } else {
    succeed();
  }
}

/** The same events in every run: the low bits of a multiplicative hash (Knuth) distribute neighbours evenly. */
function isToFail({ sequence, attempt }: Arrival, percent: number): boolean {
  return attempt === 1 && (Math.imul(sequence, 2_654_435_761) >>> 16) % 100 < percent;
}

/** -1 when there is none. */
function sequenceIn(body: Buffer): number {
  let index = body.indexOf(SEQUENCE_MARK, 0, 'latin1');
  if (index < 0) return -1;
  index += SEQUENCE_MARK.length;
  let sequence = 0;
  for (
    let digit = (body[index] ?? 0) - DIGIT_0;
    digit >= 0 && digit <= 9;
    digit = (body[++index] ?? 0) - DIGIT_0
  ) {
    sequence = sequence * 10 + digit;
  }
  return sequence;
}

serveCommands<ReceiverCommands>({
  plan: (plans) => {
    channels = plans.map((plan) => ({ ...plan, record: new ArrivalRecord(plan.order) }));
    arrived = 0;
    requests = 0;
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
  progress: () => ({ arrived, requests, atMs: machineMs() }),
  report: () => channels.map(({ record }) => record.report()),
});
