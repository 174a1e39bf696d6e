/** Reads the command line of `pnpm simulate`. */
import { parseArgs } from 'node:util';
import { SIMULATED_VERSIONS, type AnySimulatorOptions } from './create-simulator.js';
import { SIMULATED_KINDS, type SimulatedKind } from './simulator.js';

export interface SimulateOptions {
  kind: SimulatedKind;
  perSecond: number;
  /** Absent: until it is interrupted. */
  seconds?: number;
  simulator: AnySimulatorOptions;
}

export const USAGE = `pnpm simulate ${SIMULATED_KINDS.join('|')} --url <address of the source> [options]

  --url <address>      as it would stand in the configuration of that server
  --rate <n>           messages a second; default 1
  --seconds <n>        how long; default: until Ctrl-C
  --before             ask before each message (openim, tencent) and print the verdicts
  --version <v>        openim: ${SIMULATED_VERSIONS.openim.join(', ')}; wukongim: ${SIMULATED_VERSIONS.wukongim.join(', ')}; default: the first
  --sdk-app-id <id>    tencent: the SDKAppID
  --token <text>       tencent: sign the requests with this authentication token
`;

/** @throws Error with one line saying what is wrong */
export function readOptions(args: string[]): SimulateOptions | 'help' {
  const { values, positionals } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      rate: { type: 'string', default: '1' },
      seconds: { type: 'string' },
      before: { type: 'boolean', default: false },
      version: { type: 'string' },
      'sdk-app-id': { type: 'string' },
      token: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const kind = SIMULATED_KINDS.find((each) => each === positionals[0]);
  if (!kind || positionals.length > 1) throw new Error(`Name one of ${SIMULATED_KINDS.join(', ')}`);
  if (values.url === undefined) throw new Error('--url is the address of the source');
  return {
    kind,
    perSecond: positive('--rate', values.rate),
    ...(values.seconds !== undefined && { seconds: positive('--seconds', values.seconds) }),
    simulator: {
      url: values.url,
      asksBefore: values.before,
      ...(values.version !== undefined && { version: values.version }),
      ...(values['sdk-app-id'] !== undefined && { sdkAppId: values['sdk-app-id'] }),
      ...(values.token !== undefined && { token: values.token }),
    },
  };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0 && number < Infinity)) throw new Error(`${name} is a number above 0`);
  return number;
}
