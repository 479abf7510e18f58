import { describe, expect, it } from "vitest";
import { copyKey, dispenseSecret } from "../../src/crypto/dispense-key.ts";
import {
  decodeOrderCode,
  decodeOrderReference,
  encodeOrderCode,
  encodeOrderReference,
  isOrderCode,
} from "../../src/workflows/order-code.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const reference = {
  chainId: 20265,
  prescriptions: "0x00000000000000000000000000000000000000A1",
  orderId: `0x${"ab".repeat(28)}00000007`,
} as const;
const code = { ...reference, seed: new Uint8Array(32).fill(7), copy: `0x${"cd".repeat(32)}` } as const;

describe("codes of a prescription", () => {
  it("are read as they were written, also with space around them or as a link's fragment", () => {
    const text = encodeOrderCode(code);
    expect(text).toHaveLength(180);
    expect(decodeOrderCode(` ${text}\n`)).toEqual(code);
    const open = encodeOrderReference(reference);
    expect(open).toHaveLength(98);
    expect(decodeOrderReference(open)).toEqual(reference);
    expect(decodeOrderReference(`https://chart.example/verify#${open}`)).toEqual(reference);
    expect([isOrderCode(text), isOrderCode(`#${text}`), isOrderCode(open)]).toEqual([true, true, false]);
  });

  it("O07 are refused when they are not whole, of another kind or version, by an error that does not repeat them", () => {
    const text = encodeOrderCode(code);
    const open = encodeOrderReference(reference);
    for (const wrong of [
      "",
      text.slice(1),
      text.slice(0, -1),
      `${text}A`,
      text.replace(":1:", ":2:"),
      open,
      `#${text}`,
    ])
      expect(() => decodeOrderCode(wrong), wrong).toThrow(expect.objectContaining({ code: "ORDER_CODE_MALFORMED" }));
    for (const wrong of ["", open.slice(0, -1), `${open}A`, text])
      expect(() => decodeOrderReference(wrong)).toThrow(expect.objectContaining({ code: "ORDER_CODE_MALFORMED" }));
    try {
      decodeOrderCode(text.slice(0, -1));
    } catch (error) {
      const { message, cause, stack } = error as Error;
      for (const part of [message, String(cause), stack ?? ""]) expect(part).not.toContain(text.slice(14, 60));
    }
  });
});

describe("keys of a prescription", () => {
  const context = { chainId: 20265, registry: "0xR1", patient: "0xP1", author: "0xD1", category: 4 };
  const seed = new Uint8Array(32).fill(7);
  const copy = `0x${"cd".repeat(32)}`;

  it("P43 are these for this seed and copy (frozen), and others for any other seed, copy or context", async () => {
    const keys = [hex(await copyKey(seed, context)), hex(await dispenseSecret(seed, context, copy))];
    expect(keys).toMatchInlineSnapshot(`
      [
        "1e3f0125fe8cc0c1f9eb1d9db87c58cfe127fdd998bb99d27bb82ebf7e6c8ca4",
        "8d5dde0dc724a45c45ec685d0a3fce1acdf4b53d5fe983490b319a448f6ad9ae",
      ]
    `);
    const others = [
      await copyKey(seed, { ...context, patient: "0xP2" }),
      await copyKey(
        seed.map((byte) => byte ^ 1),
        context,
      ),
      await dispenseSecret(seed, context, copy.replace("cd", "ce")),
      await dispenseSecret(seed, { ...context, author: "0xD2" }, copy),
      await dispenseSecret(
        seed.map((byte) => byte ^ 1),
        context,
        copy,
      ),
    ].map(hex);
    expect(new Set([...keys, ...others]).size).toBe(7);
    expect(hex(await dispenseSecret(seed, context, copy.toUpperCase().replace("0X", "0x")))).toBe(keys[1]);
  });
});
