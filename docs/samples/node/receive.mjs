// Receives callbacks with Express: npm install express && APP_SECRET=… node receive.mjs
import express from 'express';
import { isGenuine } from './signature.mjs';

const app = express();
/** Of callbacks that were handled; a database in production, kept longer than retries last. */
const handled = new Set();

// Raw: express.json() would parse the body, and what it prints again are other bytes.
app.post('/callback', express.raw({ type: () => true, limit: '10mb' }), (request, response) => {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (!isGenuine(process.env.APP_SECRET, request.headers, body)) {
    response.sendStatus(401);
    return;
  }
  const { callbackId, event, data } = JSON.parse(body.toString('utf8'));
  // Answer first: what takes long is done after it, or in a queue of yours.
  response.sendStatus(204);
  if (handled.has(callbackId)) return;
  handled.add(callbackId);
  console.log(event, data);
});

app.listen(Number(process.env.PORT ?? 3000));
