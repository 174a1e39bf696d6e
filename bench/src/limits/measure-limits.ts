/** Measures the current limits of this machine. */
import { deliverOne } from '../cases/deliver-one.js';
import { Scene } from '../cases/scene.js';
import { PeerProcess } from '@im/testbed/peer-process';
import type { Services } from '@im/testbed/services';
import type { LimitCommands, Limits } from './limit-commands.js';

export async function measureLimits(services: Services, seconds: number): Promise<Limits> {
  const scene = await Scene.open(services, { roles: ['all'], hasIds: false });
  try {
    await deliverOne(scene);
    const { databaseUrl } = scene.deployment;
    const url = scene.receiver.urlOf(0);
    // One after the other, each in a new process, so that they do not affect each other.
    const postgresPerSecond = await measureOne(async (peer) => {
      // The tables have the rows of one delivery; from now on only the limit runs.
      await scene.deployment.stop();
      return peer.call('insertRows', { databaseUrl, seconds });
    });
    const httpPerSecond = await measureOne((peer) => peer.call('postCallbacks', { url, seconds }));
    const { redisUrl } = services;
    const bullPerSecond = await measureOne((peer) => peer.call('runJobs', { redisUrl, seconds }));
    return { httpPerSecond, postgresPerSecond, bullPerSecond };
  } finally {
    await scene.close();
  }
}

async function measureOne(measure: (peer: PeerProcess<LimitCommands>) => Promise<number>): Promise<number> {
  const peer = await PeerProcess.start<LimitCommands>('limit', new URL('limits.process.js', import.meta.url));
  try {
    return await measure(peer);
  } finally {
    await peer.stop();
  }
}
