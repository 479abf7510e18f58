import type { Figure } from "./figures.ts";

export interface Benchmark {
  name: string;
  run(): Promise<Figure[]>;
}

/** Wall time and processor time of all threads, in seconds. */
export async function timed(work: () => Promise<void>): Promise<{ wall: number; cpu: number }> {
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  await work();
  const wall = (performance.now() - before) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { wall, cpu: (user + system) / 1e6 };
}

/** Most memory that the process had above what it has now while `work` ran, in MB; `work` calls `sample` as often as it can. */
export async function memoryGrowth(work: (sample: () => void) => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  await work(sample);
  sample();
  return (peak - before) / 1e6;
}
