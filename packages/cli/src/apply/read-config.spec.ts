import { describe, expect, it } from 'vitest';
import { en } from '../texts/en.js';
import { readConfig } from './read-config.js';

const ENV = { SECRET: 's3cret', HOST: 'im.example.com' };

describe('a file', () => {
  it('names apps, what they have, and event types; variables are filled in', () => {
    const text = `
      apps:
        - externalId: shop
          name: Shop
          webhooks:
            - externalId: crm
              url: https://\${HOST}/im
              secret: \${SECRET}
              description: costs $\${HOST}
        - appKey: ak_1
          sources: [{ externalId: im, kind: openim, name: IM }]
      eventTypes:
        - { name: order.paid, schema: {}, example: {} }`;
    expect(readConfig(text, ENV, en)).toEqual({
      apps: [
        {
          ref: 'ext:shop',
          id: 'shop',
          fields: { externalId: 'shop', name: 'Shop' },
          webhooks: [
            {
              id: 'crm',
              fields: {
                externalId: 'crm',
                url: 'https://im.example.com/im',
                secret: 's3cret',
                description: 'costs ${HOST}',
              },
            },
          ],
          sources: [],
        },
        {
          ref: 'ak_1',
          id: 'ak_1',
          fields: {},
          webhooks: [],
          sources: [{ id: 'im', fields: { externalId: 'im', kind: 'openim', name: 'IM' } }],
        },
      ],
      eventTypes: [{ id: 'order.paid', fields: { name: 'order.paid', schema: {}, example: {} } }],
    });
  });

  it('may be JSON', () => {
    expect(readConfig('{"apps":[]}', ENV, en)).toEqual({ apps: [], eventTypes: [] });
  });

  it.each([
    ['[]', /^file: /],
    ['app: []', /^file\.app: /],
    ['apps: {}', /^apps: /],
    ['apps: [{ name: Shop }]', /^apps\[0\]\.externalId: /],
    ['apps: [{ externalId: a }, { externalId: a }]', /^apps: a /],
    ['apps: [{ externalId: a, webhooks: [{ url: x }] }]', /^apps\[0\]\.webhooks\[0\]\.externalId: /],
    ['apps: [{ externalId: a, name: "${UNSET}" }]', /^apps\[0\]\.name: .*UNSET/],
    ['eventTypes: [{ schema: {} }]', /^eventTypes\[0\]\.name: /],
    ['apps: [', /line 1/],
  ])('%s is refused with its place', (text, message) => {
    expect(() => readConfig(text, ENV, en)).toThrow(message);
    expect(() => readConfig(text, ENV, en)).not.toThrow(/\n/);
  });
});
