/** A `Date` that is `ahead()` milliseconds later than the clock: chain, store and test share it, and days pass in a test. */
export function shiftedDate(ahead: () => number): DateConstructor {
  const RealDate = Date;
  const now = () => RealDate.now() + ahead();
  return new Proxy(RealDate, {
    construct: (target, args: []) => (args.length === 0 ? new target(now()) : new target(...args)),
    get: (target, name, receiver) => (name === "now" ? now : (Reflect.get(target, name, receiver) as unknown)),
  });
}
