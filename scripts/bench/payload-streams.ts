import { openPayloadStream } from "../../sdk/src/crypto/payload-stream.ts";
import type { Figure } from "./figures.ts";
import { inChromium } from "./in-chromium.ts";
import { type Benchmark, memoryGrowth } from "./measure.ts";
import { MB, SIZE, consume, context, key, seal, streamSpeeds } from "./stream-speeds.ts";

async function memory(size: number): Promise<Figure> {
  const growth = await memoryGrowth(async (sample) => {
    await consume((await openPayloadStream(key, context, seal(size))).data, sample);
  });
  return { name: `memory to seal and open ${size / MB} MB`, value: growth, unit: "MB", goal: { atMost: 64 } };
}

export const payloadStreams: Benchmark = {
  name: "payload-streams",
  async run() {
    // First of all, while nothing else was held; the first 20 MB load code and warm the heap up.
    await memory(20 * MB);
    return [await memory(SIZE), await memory(3 * SIZE), ...(await streamSpeeds("Node")), ...(await inChromium())];
  },
};
