import { expect, it, vi } from "vitest";
import { withSpooled } from "../../src/workflows/spool.ts";

it("ends its source when there is no place to keep it", async () => {
  const ended = vi.fn();
  async function* source() {
    try {
      yield new Uint8Array(1);
    } finally {
      ended();
    }
  }
  const newSpool = () => Promise.reject(new Error("no space"));
  await expect(withSpooled({ newSpool }, source(), async () => {})).rejects.toThrow("no space");
  expect(ended).toHaveBeenCalledOnce();
});
