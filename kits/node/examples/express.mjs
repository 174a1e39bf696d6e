// Receives callbacks with Express: npm install express im-callback-kit && APP_SECRET=… node express.mjs
import express from 'express';
import { createReceiver, deny, isEvent } from 'im-callback-kit';
import { expressCallbacks } from 'im-callback-kit/express';

const receiver = createReceiver({
  // While a secret is rotated, both: the old and the new one.
  secrets: [process.env.APP_SECRET ?? '', process.env.NEXT_APP_SECRET].filter(
    (secret) => secret !== undefined,
  ),
  // Called once for each event; what takes long belongs in a queue of yours.
  onEvent: (callback) => {
    if (isEvent(callback, 'message.sent')) console.log(callback.callbackId, callback.data.text);
    else console.log(callback.callbackId, callback.event, callback.data);
  },
  onBefore: ({ data }) => (data.text === 'spam' ? deny({ reason: 'no spam' }) : { decision: 'allow' }),
});

const app = express();
// Before express.json(): the signature is about the bytes.
app.post('/callback', expressCallbacks(receiver));
app.listen(Number(process.env.PORT ?? 3000));
