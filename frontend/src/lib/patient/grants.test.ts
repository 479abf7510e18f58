import { describe, expect, it } from "vitest";
import { grantState, type Grant } from "./grants.ts";

const grant: Grant = {
  grantee: "0x0000000000000000000000000000000000000001",
  hospital: 1,
  read: 2,
  write: 0,
  expiry: 2000,
  since: 1000,
  activeSince: 500,
  withKeys: true,
};

describe("grantState", () => {
  it("ends in the second of its expiry", () => {
    expect(grantState(grant, 1999)).toBe("active");
    expect(grantState(grant, 2000)).toBe("ended");
  });

  it("does not survive a suspension, nor come back with the doctor", () => {
    expect(grantState({ ...grant, activeSince: 0 }, 1500)).toBe("suspended");
    expect(grantState({ ...grant, activeSince: 1001 }, 1500)).toBe("suspended");
    expect(grantState({ ...grant, activeSince: 1000 }, 1500)).toBe("active");
  });
});
