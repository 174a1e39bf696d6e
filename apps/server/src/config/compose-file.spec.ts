/** Checks what the compose file promises about its containers; nothing is started. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readEnv, SETTINGS } from './env.js';

interface Service {
  image: string;
  command?: string[];
  env_file?: string[];
  environment: Record<string, string>;
  restart: string;
  read_only: boolean;
  healthcheck?: { test?: string[] };
  logging: { options: Record<string, string> };
  deploy: { resources: { limits: Record<string, unknown> } };
  security_opt: string[];
  depends_on?: Record<string, { condition: string }>;
}

const DOCKER = path.resolve(import.meta.dirname, '../../../../docker');
const read = (file: string) => readFileSync(path.join(DOCKER, file), 'utf8');
const { services } = parse(read('compose.yaml'), { merge: true }) as { services: Record<string, Service> };
const example = read('.env.example');
const OURS = ['migrate', 'api', 'worker'] as const;
const serviceOf = (name: string): Service => {
  const service = services[name];
  if (!service) throw new Error(`there is no ${name}`);
  return service;
};

describe.each(OURS)('%s', (name) => {
  const service = serviceOf(name);

  it('gets every setting of the file that one fills in', () => {
    expect(service.env_file).toEqual(['.env']);
    // The image says where its console is.
    expect(SETTINGS.filter((setting) => !new RegExp(`^${setting}=`, 'm').test(example))).toEqual([
      'CONSOLE_DIR',
    ]);
  });

  it('has another value than that file only where the container differs', () => {
    const differing = ['PORT', 'DATABASE_URL', 'REDIS_URL', 'SECRETS_KEY', 'PUBLIC_URL', 'ADMIN_EMAIL'];
    const none = ['POSTGRES_PASSWORD', 'REDIS_PASSWORD', 'ADMIN_PASSWORD'];
    expect(Object.keys(service.environment).filter((key) => ![...differing, ...none].includes(key))).toEqual(
      [],
    );
    const passedOn = Object.entries(service.environment).filter(([, value]) => value.includes('${'));
    for (const [key, value] of passedOn) expect(value).toMatch(new RegExp(`^\\$\\{${key}:[-?]`));
  });

  it('accepts the names of the settings', () => {
    const names = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, key = '']): [string, string] => [key, '']);
    const filledIn: Record<string, string> = {
      ...Object.fromEntries(names),
      DATABASE_URL: 'postgres://a@b/c',
      REDIS_URL: 'redis://:password@redis:6379/0',
      SECRETS_KEY: Buffer.alloc(32).toString('base64'),
    };
    expect(() => readEnv(filledIn)).not.toThrow();
  });

  it('is the same image without privileges', () => {
    expect(service.image).toBe('im-callback-console');
    expect(service).toMatchObject({ cap_drop: ['ALL'] });
  });
});

it('only the API gets the password of the first admin', () => {
  expect(OURS.filter((name) => serviceOf(name).environment.ADMIN_PASSWORD !== '')).toEqual(['api']);
});

it('the database is migrated once, before api and workers', () => {
  for (const name of ['api', 'worker'])
    expect(serviceOf(name).depends_on).toMatchObject({
      migrate: { condition: 'service_completed_successfully' },
    });
  expect(serviceOf('migrate').command?.at(-1)).toBe('dist/main.migrate.js');
  expect(serviceOf('migrate').restart).toBe('on-failure:5');
});

describe.each(Object.keys(services))('the container of %s', (name) => {
  const service = serviceOf(name);

  it('has bounds for processor, memory, processes and log', () => {
    const { limits } = service.deploy.resources;
    expect(Object.keys(limits).sort()).toEqual(['cpus', 'memory', 'pids']);
    expect(service.logging.options).toHaveProperty('max-size');
  });

  it('writes to its volume only and gains no privileges', () => {
    expect(service.read_only).toBe(true);
    expect(service.security_opt).toContain('no-new-privileges:true');
  });
});

it.each(['postgres', 'redis'])('%s is of a pinned minor version, and its health is checked', (name) => {
  expect(serviceOf(name).image).toMatch(/:\d+\.\d+$/);
  expect(serviceOf(name).healthcheck?.test).not.toHaveLength(0);
});

it('Redis asks for a password', () => {
  const command = serviceOf('redis').command ?? [];
  expect(command[command.indexOf('--requirepass') + 1]).toMatch(/^\$\{REDIS_PASSWORD:\?/);
});

it('the image checks the health of api and worker itself, and its base is pinned', () => {
  const dockerfile = read('Dockerfile');
  expect(dockerfile).toMatch(/^HEALTHCHECK /m);
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  for (const image of bases) expect(image).toMatch(/:\d+\.\d+-/);
});
