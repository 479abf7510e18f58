import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ChartkeyError } from "../../src/errors.ts";
import { refusalOf } from "../../src/storage/refusal.ts";
import { whenNotBusy } from "../../src/storage/patience.ts";

const busy = (retryAfter: string | null) => refusalOf("http://store", { status: 429, code: null, retryAfter });

describe("a store that is asked too often", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is asked again after the time that it names, and no earlier", async () => {
    const ask = vi.fn<() => Promise<string>>().mockRejectedValueOnce(busy("3")).mockResolvedValue("bytes");
    const answer = whenNotBusy(ask);
    await vi.advanceTimersByTimeAsync(2_999);
    expect(ask).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toBe("bytes");
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("is given up after eight tries, none more than ten seconds after the last", async () => {
    const ask = vi.fn<() => Promise<string>>().mockRejectedValue(busy("3600"));
    const answer = expect(whenNotBusy(ask)).rejects.toMatchObject({ code: "STORE_BUSY" });
    await vi.advanceTimersByTimeAsync(70_000);
    await answer;
    expect(ask).toHaveBeenCalledTimes(8);
  });

  it("hands on every other refusal at once", async () => {
    const ask = vi.fn<() => Promise<string>>().mockRejectedValue(new ChartkeyError("STORE_FORBIDDEN", "no"));
    await expect(whenNotBusy(ask)).rejects.toMatchObject({ code: "STORE_FORBIDDEN" });
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
