/**
 * Element Plus shows some things a moment later: the fault of a form item after 100 ms. A spec that looks at once finds
 * it where rendering takes longer than that, and only there. Here every such delay is long, so that a spec that does not
 * wait (`eventually`) fails on every machine.
 */
const MIN_DELAY_MS = 20;
const LONGER_BY_MS = 500;

const { setTimeout: setTimer } = globalThis;

function setSlowTimer(callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) {
  return setTimer(callback, ms < MIN_DELAY_MS ? ms : ms + LONGER_BY_MS, ...args);
}

globalThis.setTimeout = Object.assign(setSlowTimer, setTimer);
