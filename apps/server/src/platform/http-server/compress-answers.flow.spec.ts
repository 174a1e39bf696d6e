/** Checks the bytes sent to a browser's `Accept-Encoding`. */
import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(() => service.stop());

interface Answer {
  headers: IncomingMessage['headers'];
  bytes: Buffer;
}

/** Unlike `fetch`, returns the bytes as they were sent. */
async function get(path: string, acceptEncoding?: string): Promise<Answer> {
  const headers = acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding };
  const asked = request(`${service.url}${path}`, { headers }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return { headers: answer.headers, bytes: await buffer(answer) };
}

it.each(['/api/openapi.json', '/api/asyncapi.json', '/api/docs/reference.js'])(
  'compresses %s for a client that accepts it, to less than a quarter',
  async (path) => {
    const plain = await get(path);
    const compressed = await get(path, 'gzip, deflate, br, zstd');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(compressed.headers['content-encoding']).toBe('br');
    expect(compressed.headers.vary).toContain('accept-encoding');
    expect(compressed.bytes.length).toBeLessThan(plain.bytes.length / 4);
    expect(brotliDecompressSync(compressed.bytes).equals(plain.bytes)).toBe(true);
    expect((await get(path, 'gzip')).headers['content-encoding']).toBe('gzip');
  },
);

it('sends what fits into a packet as it is', async () => {
  const { headers, bytes } = await get('/healthz', 'gzip, br');
  expect(headers['content-encoding']).toBeUndefined();
  expect(bytes.toString()).toBe('{"status":"ok"}');
});
