/** Makes a span for each request, within the caller's trace if the request names one; later spans are its children. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Tracing, TraceSpan } from '../tracing/tracing.js';

export function traceRequests(fastify: FastifyInstance, tracing: Tracing): void {
  if (!tracing.isOn) return;
  const spans = new WeakMap<FastifyRequest, TraceSpan>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const span = begin(request, tracing);
    spans.set(request, span);
    tracing.within(span, done);
  });
  // The body is read in socket events, outside of the request's context.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request);
    if (span) tracing.within(span, done);
    else done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request);
    span?.set({ 'http.response.status_code': reply.statusCode });
    if (reply.statusCode >= 500) span?.fail(`answered ${reply.statusCode}`);
    span?.end();
    done();
  });
}

function begin(request: FastifyRequest, tracing: Tracing): TraceSpan {
  const { traceparent } = request.headers;
  const route = request.is404 ? undefined : request.routeOptions.url;
  return tracing.startSpan(
    route === undefined ? request.method : `${request.method} ${route}`,
    {
      'http.request.method': request.method,
      ...(route !== undefined && { 'http.route': route }),
      'im_callback.request_id': request.id,
    },
    { kind: 'server', parent: typeof traceparent === 'string' ? traceparent : null },
  );
}
