/** Finds the body of a command as OpenIM sends it, for tests from the console. */
import { GROUP_BODIES } from './group-bodies.js';
import { MESSAGE_BODIES } from './message-bodies.js';
import { PEOPLE_BODIES } from './people-bodies.js';
import type { Bodies, SampleBody, SampleIds } from './sample-body.js';

const BODIES: Bodies = { ...MESSAGE_BODIES, ...PEOPLE_BODIES, ...GROUP_BODIES };

/** @returns null: there is no sample of this command */
export function sampleBody(command: string, version: string, ids: SampleIds): SampleBody | null {
  const make = Object.hasOwn(BODIES, command) ? BODIES[command] : undefined;
  if (!make) return null;
  const body = make(command, ids);
  if (version !== '3.7' || !('sendTime' in body)) return body;
  // 3.7 does not say when a message was sent.
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'sendTime'));
}
