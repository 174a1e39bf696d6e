/**
 * Steps the wall clock of a server process on a message from its parent, like a correction of the clock. It is loaded
 * before the server's code (`node --import`). The monotonic clock goes on, as in a real step.
 */

interface ClockStep {
  clockOffsetMs: number;
}

const realNow = Date.now.bind(Date);
let offsetMs = 0;

Date.now = () => realNow() + offsetMs;
globalThis.Date = new Proxy(Date, {
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [target.now()] : args, newTarget) as object,
  apply: (target) => new target(target.now()).toString(),
});

process.on('message', (message: Partial<ClockStep>) => {
  offsetMs = message.clockOffsetMs ?? offsetMs;
});
