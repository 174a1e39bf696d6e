import { Validator } from '@seriousme/openapi-schema-validator';
import specs from '@asyncapi/specs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { EVENT_CATALOGUE } from '@im/contracts/events/catalogue';
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from '../../testing/test-service.js';

interface Message {
  payload: object;
  examples: { payload: unknown }[];
}

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

function withFormats<A extends Ajv>(ajv: A): A {
  addFormats.default(ajv);
  return ajv;
}

async function get(path: string): Promise<{ status: number; type: unknown; text: string }> {
  const { statusCode, headers, payload } = await service.app.inject({ url: path });
  return { status: statusCode, type: headers['content-type'], text: payload };
}

describe.each(['en', 'zh'])('in %s', (lang) => {
  it('/api/openapi.json is valid OpenAPI 3.1 and names every route', async () => {
    const { text } = await get(`/api/openapi.json?lang=${lang}`);
    const document = JSON.parse(text) as { paths: Record<string, Record<string, { operationId: string }>> };
    expect(await new Validator().validate(JSON.parse(text) as Record<string, unknown>)).toEqual({
      valid: true,
    });
    const named = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(named.map(({ operationId }) => operationId).sort()).toEqual(
      ALL_ROUTES.map(({ operationId }) => operationId).sort(),
    );
  });

  it('/api/asyncapi.json is valid AsyncAPI 3.0, and every example fits its event', async () => {
    const { text } = await get(`/api/asyncapi.json?lang=${lang}`);
    // The schema brings its own copy of the meta-schema.
    const isValid = withFormats(new Ajv({ strict: false, meta: false, validateSchema: false })).compile(
      specs.schemas['3.0.0'] as object,
    );
    isValid(JSON.parse(text));
    expect(isValid.errors).toBeNull();
    const { components } = JSON.parse(text) as { components: { messages: Record<string, Message> } };
    expect(Object.keys(components.messages)).toEqual(EVENT_CATALOGUE.map(({ event }) => event));
    for (const { payload, examples } of Object.values(components.messages)) {
      const fits = withFormats(new Ajv2020({ strict: false })).compile(payload);
      for (const example of examples) fits(example.payload);
      expect(examples).toHaveLength(1);
      expect(fits.errors).toBeNull();
    }
  });

  it('/api/docs is a page in this language that runs no script but its own', async () => {
    const { headers, payload } = await service.app.inject({ url: `/api/docs?lang=${lang}` });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'"]));
    expect(policy.join()).not.toMatch(/unsafe-eval|https?:|\*|data:/);
    expect(payload).toContain(`<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">`);
    expect(payload).toContain(`href="asyncapi.json?lang=${lang}"`);
    const scripts = [...payload.matchAll(/<script[^>]*>([^<]*)/g)];
    expect(scripts.map(([tag, text]) => [/src="([^"]*)"/.exec(tag)?.[1], text])).toEqual([
      ['docs/reference.js', ''],
    ]);
    expect(payload).not.toMatch(/undefined|\[object/);
  });
});

it('the script of the page is answered once and then known by its ETag', async () => {
  const url = '/api/docs/reference.js';
  const { statusCode, headers, payload } = await service.app.inject({ url });
  expect({ statusCode, type: headers['content-type'] }).toEqual({
    statusCode: 200,
    type: 'text/javascript; charset=utf-8',
  });
  expect(payload).toContain('Scalar.createApiReference(');
  const again = await service.app.inject({ url, headers: { 'if-none-match': String(headers.etag) } });
  expect({ statusCode: again.statusCode, length: again.rawPayload.length }).toEqual({
    statusCode: 304,
    length: 0,
  });
});

it.each([
  ['/api/docs', 'zh-CN,zh;q=0.9', 'zh-CN'],
  ['/api/docs', 'fr', 'en'],
  ['/api/docs?lang=en', 'zh-CN', 'en'],
])('%s opens for a browser that reads %s in %s', async (url, accepted, language) => {
  const headers = { 'accept-language': accepted, 'accept-encoding': 'gzip' };
  const answer = await service.app.inject({ url, headers: { ...headers, 'accept-encoding': 'identity' } });
  expect(answer.payload).toContain(`<html lang="${language}">`);
  const { vary } = (await service.app.inject({ url, headers })).headers;
  expect(String(vary).toLowerCase().split(/, */).sort()).toEqual(['accept-encoding', 'accept-language']);
});

it('an unknown language is refused with words', async () => {
  const { status, text } = await get('/api/docs?lang=fr');
  expect(status).toBe(422);
  expect(text).toContain('?lang');
});
