/** Decides what goes wrong when: random, several things at once, and the same again with the same seed. */
import { Random } from '../random.js';
import { MISBEHAVIOURS, type Fault, type FaultKind } from './fault.js';

export interface PlanOptions {
  seed: number;
  /** How long things go wrong. */
  durationMs: number;
  /** Server processes. */
  slots: number;
  receivers: number;
  channels: number;
}

interface Draw {
  kind: FaultKind;
  forMs: number;
}

/** A source of repeated faults, one at a time; all sources are active concurrently. */
interface Nuisance {
  name: string;
  /** Milliseconds between the end of one fault and the next one, on average. */
  pauseMs: number;
  draw: (random: Random) => Draw;
}

/** Everything is over when the time is. Sorted by time. */
export function planFaults(options: PlanOptions): Fault[] {
  return nuisancesOf(options)
    .flatMap((nuisance) => faultsOf(nuisance, options))
    .sort((a, b) => a.atMs - b.atMs);
}

function faultsOf({ name, pauseMs, draw }: Nuisance, { seed, durationMs }: PlanOptions): Fault[] {
  const random = new Random(seed, name);
  const faults: Fault[] = [];
  // The first one comes in the first half, so that a short round has it too.
  let atMs = random.between(0, Math.min(2 * pauseMs, durationMs / 2));
  while (atMs < durationMs) {
    const { kind, forMs } = draw(random);
    const lasts = Math.min(forMs, durationMs - atMs);
    faults.push({ ...kind, atMs: Math.round(atMs), forMs: Math.round(lasts) });
    atMs += lasts + random.between(0, 2 * pauseMs);
  }
  return faults;
}

function nuisancesOf({ slots, receivers, channels }: PlanOptions): Nuisance[] {
  return [
    ...numbered(slots, 'server', 8_000, drawServerFault),
    ...numbered(slots, 'clock', 15_000, drawClockStep),
    { name: 'redis', pauseMs: 7_000, draw: drawRedisFault },
    { name: 'postgres', pauseMs: 15_000, draw: drawPostgresFault },
    ...numbered(receivers, 'receiver', 25_000, drawReceiverFault),
    ...numbered(channels, 'channel', 8_000, drawMisbehaviour),
  ];
}

function numbered(
  count: number,
  name: string,
  pauseMs: number,
  draw: (random: Random, index: number) => Draw,
): Nuisance[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${name} ${String(index)}`,
    pauseMs,
    draw: (random) => draw(random, index),
  }));
}

function drawServerFault(random: Random, slot: number): Draw {
  const what = random.pick(['kill', 'kill', 'kill', 'pause', 'pause', 'restart']);
  // Half of the pauses are longer than a lease.
  const forMs = what === 'pause' ? random.between(1_000, 15_000) : random.between(0, 3_000);
  return { kind: { on: 'server', slot, what }, forMs };
}

/** From a second to two hours, in either direction; small steps as often as large ones. */
function drawClockStep(random: Random, slot: number): Draw {
  const size = Math.round(Math.exp(random.between(Math.log(1_000), Math.log(7_200_000))));
  return { kind: { on: 'clock', slot, what: 'step', byMs: random.isTrue(0.5) ? size : -size }, forMs: 0 };
}

function drawRedisFault(random: Random): Draw {
  const what = random.pick(['flush', 'flush', 'freeze', 'stop', 'kill', 'lose-data']);
  return { kind: { on: 'redis', what }, forMs: what === 'flush' ? 0 : random.between(500, 8_000) };
}

function drawPostgresFault(random: Random): Draw {
  const what = random.pick(['restart', 'immediate', 'kill']);
  return { kind: { on: 'postgres', what }, forMs: random.between(0, 4_000) };
}

function drawReceiverFault(random: Random, receiver: number): Draw {
  return { kind: { on: 'receiver', receiver, what: 'refuse' }, forMs: random.between(1_000, 10_000) };
}

function drawMisbehaviour(random: Random, channel: number): Draw {
  return {
    kind: { on: 'channel', channel, what: random.pick(MISBEHAVIOURS) },
    forMs: random.between(2_000, 12_000),
  };
}
