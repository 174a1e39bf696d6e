import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { Logger } from '../logging/logger.js';
import { ProblemFilter } from './problem.filter.js';

const problems = new ProblemFilter(new Logger('silent'));

async function answerTo(error: Error) {
  const app = fastify();
  app.setErrorHandler((thrown, request, reply) => {
    problems.send(thrown, request, reply);
  });
  app.get('/', () => {
    throw error;
  });
  return app.inject('/');
}

it.each([
  ['connect EMFILE', Object.assign(new Error('connect EMFILE 127.0.0.1:5432'), { code: 'EMFILE' })],
  ['ENFILE of a file', Object.assign(new Error('open ENFILE'), { code: 'ENFILE', statusCode: 500 })],
  ['no buffer space', Object.assign(new Error('connect ENOBUFS'), { code: 'ENOBUFS' })],
  [
    'the same below an error of the database',
    Object.assign(new Error('x'), { driverError: { code: 'EMFILE' } }),
  ],
  ['the same as a cause', new Error('x', { cause: Object.assign(new Error('y'), { code: 'EMFILE' }) })],
])('out of file descriptors, %s: try again soon', async (_, error) => {
  const answer = await answerTo(error);
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBe('2');
  expect(answer.json()).toMatchObject({
    code: 'service_unavailable',
    detail: expect.stringContaining('descriptor') as string,
  });
});

it('any unforeseen error is an internal error', async () => {
  expect((await answerTo(new Error('x', { cause: 'y' }))).statusCode).toBe(500);
  expect((await answerTo(Object.assign(new Error('x'), { code: 'EISDIR' }))).statusCode).toBe(500);
});
