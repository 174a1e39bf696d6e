// Receives callbacks with Fastify: npm install fastify im-callback-kit && APP_SECRET=… node fastify.mjs
import { fastify } from 'fastify';
import { createReceiver } from 'im-callback-kit';
import { fastifyCallbacks } from 'im-callback-kit/fastify';

const receiver = createReceiver({
  secrets: process.env.APP_SECRET ?? '',
  onEvent: ({ callbackId, event, data }) => console.log(callbackId, event, data),
});

const app = fastify();
app.register(fastifyCallbacks, { receiver, path: '/callback' });
await app.listen({ port: Number(process.env.PORT ?? 3000) });
