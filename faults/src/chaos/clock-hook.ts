/**
 * Loaded into a server process before its own code (`node --import`): its wall clock can then be stepped by a message
 * from its parent, as a clock that is put right steps. The monotonic clock goes on as it was, as it does then, too.
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
