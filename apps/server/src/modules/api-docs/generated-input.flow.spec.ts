/**
 * Sends thousands of generated requests to every route: no 5xx, no hang, no leak, and every refusal a problem document.
 */
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import type { RouteContract } from '@im/contracts/routes/route';
import fc from 'fast-check';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addOneOfEverything, type NamedThings } from '../../testing/access-fixture.js';
import { checkConformance } from '../../testing/conformance.js';
import { requestFor, type GeneratedRequest } from '../../testing/generated-requests.js';
import { addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const REQUESTS = Number(process.env.GENERATED_REQUESTS ?? 10_000);
const SEED = Number(process.env.GENERATED_SEED ?? Date.now() % 1_000_000_007);
/** Each round has a tenant of its own, as requests that happen to be good change or delete things. */
const ROUNDS = 4;
const PATIENCE_MS = 30_000;
const JSON_TYPE = /^application\/(problem\+)?json\b/;
/** What no answer may contain: stack traces, SQL, hashes. */
const LEAK =
  /node_modules|\.(js|ts):\d+|\bat \w+ \(|SELECT |INSERT INTO|UPDATE \w+ SET|\$argon2|QueryFailedError/;

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

it(
  `${REQUESTS} requests of seed ${SEED} over all routes find no fault`,
  async () => {
    const perRoute = Math.ceil(REQUESTS / ALL_ROUTES.length / ROUNDS);
    const answered = new Map<number, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { things, headers } = await addTenantWithEverything(round);
      for (const route of ALL_ROUTES) {
        const requests = fc.sample(requestFor(route, things.ids), { seed: SEED + round, numRuns: perRoute });
        for (const request of requests) {
          const status = await send(route, request, headers);
          answered.set(status, (answered.get(status) ?? 0) + 1);
        }
      }
    }
    expect([...answered.keys()].filter((status) => status >= 500)).toEqual([]);
    // Both sides of every check are reached, else nothing was tested.
    expect([...answered.keys()]).toEqual(expect.arrayContaining([200, 400, 404, 422]));
  },
  20 * 60_000,
);

async function addTenantWithEverything(
  round: number,
): Promise<{ things: NamedThings; headers: Record<string, string> }> {
  const { admin } = await addTenant(service, `admin-${round}@generated.example.com`);
  const things = await addOneOfEverything({ admin });
  return { things, headers: { ...admin.headers } };
}

async function send(
  route: RouteContract,
  request: GeneratedRequest,
  session: Record<string, string>,
): Promise<number> {
  const { url, headers, payload } = request;
  const isStream = 'mediaTypes' in route.answer && route.answer.mediaTypes.includes('text/event-stream');
  const answer = await service.app.inject({
    method: route.method,
    url,
    headers: { ...headers, ...session },
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(payload !== undefined && { payload }),
    ...(isStream && { payloadAsStream: true }),
  });
  if (isStream && answer.statusCode === 200) {
    answer.stream().destroy();
    return 200;
  }
  const text = isStream ? await readText(answer.stream()) : answer.payload;
  const said = `${route.method} ${url} ${String(payload).slice(0, 300)} of seed ${SEED} answered ${answer.statusCode}: ${text.slice(0, 500)}`;
  if (answer.statusCode >= 500) throw new Error(said);
  if (LEAK.test(text)) throw new Error(`It leaks internals: ${said}`);
  const contentType = answer.headers['content-type'] ?? '';
  const isJson = JSON_TYPE.test(contentType) && text !== '';
  checkConformance({
    method: route.method,
    url,
    status: answer.statusCode,
    contentType,
    body: isJson ? (JSON.parse(text) as unknown) : undefined,
  });
  return answer.statusCode;
}
