// Receives with every scheme, for the test against the running service: node conformance.mjs express|fastify
// Secrets: SECRETS, the old and the new one as JSON. Paths: /<old|new|both>/<scheme>. Prints a line for each event.
import { createServer } from 'node:http';
import express from 'express';
import { fastify } from 'fastify';
import { allow, createReceiver, deny, modify, printJson } from 'im-callback-kit';
import { expressCallbacks } from 'im-callback-kit/express';
import { fastifyCallbacks } from 'im-callback-kit/fastify';

const [old, next] = JSON.parse(process.env.SECRETS ?? '[]');
const port = Number(process.env.PORT ?? 0);

const receivers = Object.entries({ old: [old], new: [next], both: [old, next] }).flatMap(([keys, secrets]) =>
  ['x-app', 'standard-webhooks', 'body-hmac'].map((scheme) => ({
    path: `/${keys}/${scheme}`,
    receiver: createReceiver({
      secrets,
      scheme,
      onEvent: ({ callbackId, event, data }) =>
        console.log(['handled', callbackId, event, printJson(data.extra.big)].join(' ')),
      onBefore: ({ data }) => {
        if (data.text === 'deny') return deny({ code: 5001, reason: '不行' });
        return data.text === 'modify' ? modify({ text: 'mild', extra: data.extra }) : allow();
      },
    }),
  })),
);

if (process.argv[2] === 'express') {
  const app = express();
  for (const { path, receiver } of receivers) app.post(path, expressCallbacks(receiver));
  // As in a server that has other routes too.
  app.use(express.json());
  createServer(app).listen(port, '127.0.0.1');
} else {
  const app = fastify();
  for (const options of receivers) app.register(fastifyCallbacks, options);
  await app.listen({ port, host: '127.0.0.1' });
}
