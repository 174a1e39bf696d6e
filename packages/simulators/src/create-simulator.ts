/** Makes the simulator of a kind, in a version of it. */
import { DootaskSimulator } from './dootask/dootask-simulator.js';
import { OPENIM_VERSIONS, OpenimSimulator } from './openim/openim-simulator.js';
import type { SimulatedKind, Simulator } from './simulator.js';
import { TencentSimulator, type TencentOptions } from './tencent/tencent-simulator.js';
import { WukongimV2Simulator } from './wukongim/v2-simulator.js';
import { WukongimV3Simulator } from './wukongim/v3-simulator.js';
import type { WukongimOptions } from './wukongim/wukongim-options.js';
import { WUKONGIM_VERSIONS } from './wukongim/wukongim-messages.js';

export interface AnySimulatorOptions extends TencentOptions, WukongimOptions {
  /** Default: the newest. */
  version?: string;
}

/** The newest first; those without have one form only. */
export const SIMULATED_VERSIONS: Record<SimulatedKind, readonly string[]> = {
  openim: OPENIM_VERSIONS,
  wukongim: WUKONGIM_VERSIONS,
  dootask: [],
  tencent: [],
};

/** @throws Error when there is no such version */
export function createSimulator(
  kind: SimulatedKind,
  { version, ...options }: AnySimulatorOptions,
): Simulator {
  const known = SIMULATED_VERSIONS[kind];
  if (version !== undefined && !known.includes(version)) {
    throw new Error(`${kind} has the versions ${known.join(', ') || '(only one form)'}, not ${version}`);
  }
  switch (kind) {
    case 'openim': {
      const openim = OPENIM_VERSIONS.find((each) => each === version);
      return new OpenimSimulator({ ...options, ...(openim && { version: openim }) });
    }
    case 'wukongim':
      return version === 'v2' ? new WukongimV2Simulator(options) : new WukongimV3Simulator(options);
    case 'dootask':
      return new DootaskSimulator(options);
    case 'tencent':
      return new TencentSimulator(options);
  }
}
