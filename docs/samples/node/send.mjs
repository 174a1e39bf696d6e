// Sends an event, signed with the AppSecret: APP_SECRET=… node send.mjs
import { randomBytes } from 'node:crypto';
import { sign } from './signature.mjs';

const baseUrl = process.env.IM_URL ?? 'https://im.example.com';
const appKey = process.env.APP_KEY ?? 'ak_your_app_key';
const secret = process.env.APP_SECRET;
if (!secret) throw new Error('APP_SECRET is not set');

// The bytes that are signed are the bytes that are sent: print the JSON once.
const body = JSON.stringify({
  id: 'msg-1001',
  event: 'message.sent',
  data: {
    messageId: '1001',
    conversationId: 'single:u1:u2',
    conversationType: 'single',
    senderId: 'u1',
    receiverId: 'u2',
    contentType: 'text',
    content: { text: '你好' },
    text: '你好',
    status: 'normal',
    sentAt: '2026-11-21T08:00:00.000Z',
  },
});
const timestamp = String(Date.now());
const nonce = randomBytes(16).toString('hex');

const response = await fetch(`${baseUrl}/api/v1/apps/${appKey}/events`, {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
    'X-App-Key': appKey,
    'X-App-Timestamp': timestamp,
    'X-App-Nonce': nonce,
    'X-App-Signature': sign(secret, appKey, timestamp, nonce, body),
  },
  body,
});
console.log(response.status, await response.text());
