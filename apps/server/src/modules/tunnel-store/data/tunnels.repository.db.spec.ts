import { MAX_TUNNELS } from '@im/contracts/api/tunnel-constants';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addAppRow, openTestDataSource, type TestDataSource } from '../../../testing/data-source.js';
import { TunnelsRepository } from './tunnels.repository.js';

let test: TestDataSource;
let tunnels: TunnelsRepository;

beforeAll(async () => {
  test = await openTestDataSource();
  tunnels = new TunnelsRepository(test.dataSource);
});
afterAll(() => test.close());

it('stores no more tunnels of an app than it may have, however many are opened at once', async () => {
  const appId = await addAppRow(test);
  const asked = Array.from({ length: 5 * MAX_TUNNELS }, () => tunnels.insert(uuidV7(), appId, uuidV7()));
  const stored = (await Promise.all(asked)).filter((expiresAt) => expiresAt !== undefined);
  expect(stored).toHaveLength(MAX_TUNNELS);
});
