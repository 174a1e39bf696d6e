import { describe, expect, it } from 'vitest';
import { isDatabaseUnavailable } from './database-errors.js';

const driverError = (code: string) => ({ driverError: { code } });

describe('isDatabaseUnavailable', () => {
  it.each([
    ['the connection is refused', 'ECONNREFUSED'],
    ['the connection broke', '08006'],
    ['PostgreSQL is shutting down', '57P01'],
    ['PostgreSQL is starting', '57P03'],
    ['no connection is left', '53300'],
    ['the disk is full', '53100'],
    ['the server has become a replica', '25006'],
  ])('is true when %s', (_what, code) => {
    expect(isDatabaseUnavailable(driverError(code))).toBe(true);
  });

  it.each([
    ['a row is there already', '23505'],
    ['a transaction lost a deadlock', '40P01'],
    ['a statement took too long', '57014'],
    ['a table is missing', '42P01'],
  ])('is false when %s', (_what, code) => {
    expect(isDatabaseUnavailable(driverError(code))).toBe(false);
  });
});
