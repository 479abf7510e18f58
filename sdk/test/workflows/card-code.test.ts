import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { decodeCardCode, encodeCardCode, isCardCode } from "../../src/workflows/card-code.ts";

const card = {
  chainId: 20265,
  card: "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  seed: new Uint8Array(32).map((_, index) => index),
} as const;
const TEXT = "chartkey-card:1:AAAAAAAATymQ95v26yxPhwNl54WYLh8QHpO5BgABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

describe("the text of an emergency card", () => {
  it("is frozen, and reads back alone or from a link", () => {
    expect(encodeCardCode(card)).toBe(TEXT);
    expect(TEXT).toHaveLength(96);
    for (const text of [TEXT, ` ${TEXT}\n`, `https://chart.example/card#${TEXT}`])
      expect(decodeCardCode(text)).toEqual(card);
    expect(isCardCode(TEXT)).toBe(true);
    expect(isCardCode(TEXT.replace("card", "rx"))).toBe(false);
  });

  it("O07 is refused when it is not whole, and the error does not hold it", () => {
    const altered = [
      TEXT.slice(0, -1),
      `${TEXT}AAAA`,
      TEXT.replace(":1:", ":2:"),
      TEXT.replace("AAAA", "AA+A"),
      "",
      "#",
    ];
    for (const text of altered) {
      const error = (() => {
        try {
          return decodeCardCode(text);
        } catch (thrown) {
          return thrown as Error;
        }
      })();
      expect(error).toMatchObject({ code: "CARD_MALFORMED" });
      expect(inspect(error)).not.toContain("GRobHB0eHx");
    }
  });
});
