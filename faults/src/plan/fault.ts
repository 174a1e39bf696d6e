/** Defines faults as data: the plan of a round is a list of these. */
export type Topology = 'split' | 'all';

/** How a channel of a receiver answers while it is out of order. */
export const MISBEHAVIOURS = [
  'flap',
  'hang',
  'reset',
  'trickle',
  'garbage',
  'huge',
  'status-500',
  'status-503',
] as const;
export type Misbehaviour = (typeof MISBEHAVIOURS)[number];

export type FaultKind =
  | { on: 'server'; slot: number; what: 'kill' | 'pause' | 'restart' }
  | { on: 'clock'; slot: number; what: 'step'; byMs: number }
  | { on: 'redis'; what: 'flush' | 'freeze' | 'stop' | 'kill' | 'lose-data' }
  | { on: 'postgres'; what: 'restart' | 'immediate' | 'kill' }
  | { on: 'receiver'; receiver: number; what: 'refuse' }
  | { on: 'channel'; channel: number; what: Misbehaviour };

export type Fault = FaultKind & {
  /** From the beginning of the round. */
  atMs: number;
  /** How long it lasts, without the recovery afterwards; 0: it is over at once. */
  forMs: number;
};

export function describeFault(fault: Fault): string {
  const lasting = fault.forMs > 0 ? ` for ${(fault.forMs / 1_000).toFixed(1)} s` : '';
  switch (fault.on) {
    case 'server':
      return `process ${String(fault.slot)} ${fault.what}${lasting}`;
    case 'clock':
      return `process ${String(fault.slot)} clock steps by ${(fault.byMs / 1_000).toFixed(1)} s`;
    case 'receiver':
      return `receiver ${String(fault.receiver)} ${fault.what}${lasting}`;
    case 'channel':
      return `channel ${String(fault.channel)} ${fault.what}${lasting}`;
    case 'redis':
    case 'postgres':
      return `${fault.on} ${fault.what}${lasting}`;
  }
}
