import { describe, expect, it } from 'vitest';
import { readLaunchSettings } from './launch-settings.js';

const read = (environment: NodeJS.ProcessEnv = {}, args: string[] = []) =>
  readLaunchSettings(environment, args, '/srv/im');

describe('settings of npm start', () => {
  it('needs none: port 8080, .data in the working directory, both services embedded', () => {
    expect(read()).toMatchObject({
      port: 8080,
      localUrl: 'http://127.0.0.1:8080',
      publicUrl: 'http://localhost:8080',
      dataDir: '/srv/im/.data',
      adminEmail: 'admin@example.com',
      embedded: ['PostgreSQL', 'Redis'],
      isDemo: false,
    });
  });

  it.each([
    [{}, '127.0.0.0/8,::1/128'],
    [{ WEBHOOK_ALLOWED_CIDRS: '10.0.0.0/8' }, '10.0.0.0/8,127.0.0.0/8,::1/128'],
    [{ WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8, ::1/128' }, '127.0.0.0/8,::1/128'],
    [{ DATABASE_URL: 'postgres://db/im' }, '127.0.0.0/8,::1/128'],
    [{ DATABASE_URL: 'postgres://db/im', REDIS_URL: 'redis://cache' }, ''],
  ])('opens loopback to webhooks only while something is embedded: %j', (environment, allowedCidrs) => {
    expect(read(environment).allowedCidrs).toBe(allowedCidrs);
  });

  it.each([
    [{ HOST: '0.0.0.0' }, 'http://127.0.0.1:8080'],
    [{ HOST: '192.0.2.7', PORT: '9000' }, 'http://192.0.2.7:9000'],
    [{ HOST: 'fd00::7' }, 'http://[fd00::7]:8080'],
  ])('asks the server where it listens: %j', (environment, localUrl) => {
    expect(read(environment).localUrl).toBe(localUrl);
  });

  it('keeps a password as it was typed', () => {
    expect(read({ ADMIN_PASSWORD: ' with spaces ' }).adminPassword).toBe(' with spaces ');
  });

  it('takes an empty variable for none', () => {
    expect(read({ PORT: '', DATABASE_URL: '', ADMIN_PASSWORD: '' })).toMatchObject({
      port: 8080,
      databaseUrl: undefined,
      adminPassword: undefined,
    });
  });

  it.each([
    [{}, '0'],
    [{ SHUTDOWN_DRAIN_SECONDS: '' }, '0'],
    [{ SHUTDOWN_DRAIN_SECONDS: '5' }, '5'],
    [{ SHUTDOWN_DRAIN_SECONDS: 'soon' }, 'soon'],
  ])(
    'lets the server drain as long as it is set to, and not at all otherwise: %j',
    (environment, seconds) => {
      expect(read(environment).drainSeconds).toBe(seconds);
    },
  );

  it('gives the server all the time that it may take to stop', () => {
    const requestsMs = 10_000;
    const restMs = 4_000;
    expect(read({ SHUTDOWN_DRAIN_SECONDS: '5' }).stopsWithinMs).toBeGreaterThan(5_000 + requestsMs + restMs);
    expect(read().stopsWithinMs).toBeGreaterThan(1_000 + restMs);
  });

  it.each(['0', '65536', '8080x', '-1', '1e3'])('refuses PORT=%s in one line', (port) => {
    expect(() => read({ PORT: port })).toThrow(`PORT must be a whole number from 1 to 65535, not "${port}"`);
  });

  it('knows --demo and refuses any other argument', () => {
    expect(read({}, ['--demo']).isDemo).toBe(true);
    expect(() => read({}, ['--dmo'])).toThrow('unknown argument --dmo');
  });
});
