/**
 * Runs a task at every interval, never twice at a time. A failure is one line of the log, and the next run tries again. Returns what stops
 * it and waits for the run that goes on.
 */
export function regularly(
  name: string,
  task: () => Promise<void>,
  everyMs: number,
  log: (line: string) => void,
): { now(): Promise<void>; stop(): Promise<void> } {
  let running: Promise<void> | undefined;
  const now = () =>
    (running ??= task()
      .catch((error: unknown) => log(`${name} failed: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => (running = undefined)));
  const timer = setInterval(() => void now(), everyMs);
  timer.unref();
  return {
    now,
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
