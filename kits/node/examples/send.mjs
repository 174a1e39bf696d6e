// Sends an event, signed with the AppSecret: npm install im-callback-kit && APP_SECRET=… node send.mjs
import { signRequest } from 'im-callback-kit';

const baseUrl = process.env.IM_URL ?? 'https://im.example.com';
const appKey = process.env.APP_KEY ?? 'ak_your_app_key';
const appSecret = process.env.APP_SECRET ?? '';

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
const response = await fetch(`${baseUrl}/api/v1/apps/${appKey}/events`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...signRequest(body, { appKey, appSecret }) },
  body,
});
console.log(response.status, await response.text());
