import { expect, it } from "vitest";
import { shortHex, spelled } from "./address.ts";

const SPELLED = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

it("spells an address in one way, and leaves every other text alone", () => {
  expect(spelled(SPELLED.toLowerCase())).toBe(SPELLED);
  expect(shortHex(SPELLED.toLowerCase())).toBe("0x90F7…b906");
  expect(shortHex(`0x${"ab".repeat(32)}`)).toBe("0xabab…abab");
  expect(spelled("bafkreia")).toBe("bafkreia");
});
