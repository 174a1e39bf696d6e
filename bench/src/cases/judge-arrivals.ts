/** Compares what was acknowledged with what came. */
import type { LoadReport } from '../load/load-commands.js';
import type { Integrity } from '../report/case-result.js';
import type { ChannelReport } from '../testbed/receiver-commands.js';

/** @param channels one for each webhook that wanted the events */
export function judgeArrivals(load: LoadReport, channels: readonly ChannelReport[]): Integrity {
  const sum = (count: (channel: ChannelReport) => number): number =>
    channels.reduce((total, channel) => total + count(channel), 0);
  return {
    expected: load.acknowledged * channels.length,
    lost: sum((channel) => lostIn(channel, load.isAcknowledged)),
    duplicates: sum((channel) => channel.duplicates),
    duplicatesWithOtherId: sum((channel) => channel.duplicatesWithOtherId),
    refusals: load.refusals,
  };
}

function lostIn({ arrivedAtMs }: ChannelReport, isAcknowledged: Uint8Array): number {
  let lost = 0;
  for (const [sequence, wasAcknowledged] of isAcknowledged.entries()) {
    if (wasAcknowledged === 1 && !((arrivedAtMs[sequence] ?? 0) > 0)) lost += 1;
  }
  return lost;
}
