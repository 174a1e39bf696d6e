// Receives callbacks with Express: npm install express && APP_SECRET=… node receive.mjs
import express from 'express';
import { isGenuine } from './signature.mjs';

const secret = process.env.APP_SECRET;
if (!secret) throw new Error('APP_SECRET is not set');

const app = express();
/** Ids of callbacks that were handled; a database in production, kept longer than retries last. */
const handled = new Set();

// Raw: express.json() would parse the body, and what it prints again are other bytes.
app.post('/callback', express.raw({ type: () => true, limit: '10mb' }), (request, response) => {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (!isGenuine(secret, request.headers, body)) {
    response.sendStatus(401);
    return;
  }
  const envelope = JSON.parse(body.toString('utf8'));
  // A webhook with batches gets {"batchId":…,"events":[…]}.
  const entries = envelope.events ?? [envelope];
  if (!entries.every(({ callbackId }) => typeof callbackId === 'string')) {
    response.sendStatus(400);
    return;
  }
  // Answer first: what takes long is done after it, or in your own queue.
  response.sendStatus(204);
  for (const { callbackId, event, data } of entries) {
    if (handled.has(callbackId)) continue;
    handled.add(callbackId);
    console.log(callbackId, event, data);
  }
});

app.listen(Number(process.env.PORT ?? 3000));
