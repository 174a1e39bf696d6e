// Receives callbacks with Express: APP_SECRET=… node express.mjs
// npm install express im-callback-kit
import express from 'express';
import { allow, createReceiver, deny, isEvent } from 'im-callback-kit';
import { expressCallbacks } from 'im-callback-kit/express';

// While a secret is rotated, both: the old and the new one.
const secrets = [process.env.APP_SECRET ?? ''];
if (process.env.NEXT_APP_SECRET) secrets.push(process.env.NEXT_APP_SECRET);

const receiver = createReceiver({
  secrets,
  // Called once for each event; what takes long belongs in your own queue.
  onEvent: (callback) => {
    const { callbackId, event, data } = callback;
    // Its data has a type in TypeScript.
    if (isEvent(callback, 'message.sent')) console.log(callbackId, callback.data.text);
    else console.log(callbackId, event, data);
  },
  // Decides before an event happens.
  onBefore: ({ data }) => (data.text === 'spam' ? deny({ reason: 'no spam' }) : allow()),
});

const app = express();
// Before express.json(): the signature is about the bytes.
app.post('/callback', expressCallbacks(receiver));
app.listen(Number(process.env.PORT ?? 3000));
