import { cleanup, render, screen } from "@testing-library/react";
import { zeroAddress, zeroHash, type AbiParameter } from "viem";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { DecodedArgument } from "../lib/chain/decode.ts";
import { contractAbis } from "../lib/chain/contracts.ts";
import { startTestI18n } from "../lib/i18n/testing.ts";
import english from "../locales/en/contracts.json" with { type: "json" };
import { DecodedArguments } from "./DecodedArguments.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

/** What stands behind a label. */
function shown(argument: DecodedArgument): string | null {
  render(<DecodedArguments arguments={[argument]} />);
  const text = screen.getByRole("definition").textContent;
  cleanup();
  return text;
}

describe("DecodedArguments", () => {
  it("unpacks how often each medicine may be handed out", () => {
    expect(shown({ name: "counts", type: "uint56", value: String(3 | (1 << 7)) })).toBe("3, 1");
    expect(shown({ name: "remaining", type: "uint56", value: "0" })).toBe("0");
  });

  it("says in words what the contracts have numbers for", () => {
    expect(shown({ name: "role", type: "uint8", value: "2" })).toBe("Doctor");
    expect(shown({ name: "voucher.speciality", type: "uint16", value: "6" })).toBe("cardiology");
    expect(shown({ name: "state", type: "uint8", value: "2" })).toBe("Confirmed");
    expect(shown({ name: "open", type: "uint96[]", value: `${0b1111n << 36n}, 0, 1` })).toBe("1.25 hours");
    expect(shown({ name: "day", type: "uint32", value: "20782" })).toMatch(/2026 \(UTC\)$/);
    expect(shown({ name: "slot", type: "uint8", value: "37" })).toMatch(/0?9:15/);
    const status = { name: "status", type: "uint8", value: "3" };
    expect(shown({ ...status, internalType: "enum Accreditation" })).toBe("Suspended");
    expect(shown({ ...status, internalType: "enum MemberStatus", value: "1" })).toBe("Waiting for confirmation");
  });

  it("says what nothing stands for, and what kinds of files and keys there are", () => {
    expect(shown({ name: "voucher.account", type: "address", value: zeroAddress })).toBe("Whoever has the link");
    expect(shown({ name: "voucher.claimKey", type: "address", value: zeroAddress })).toBe("none");
    expect(shown({ name: "keyring", type: "bytes32", value: zeroHash })).toBe("none (32 zero bytes)");
    expect(shown({ name: "codec", type: "uint8", value: "1" })).toBe("several blocks");
    expect(shown({ name: "suite", type: "uint16", value: "32" })).toBe("X25519");
  });

  it("leaves a number that it has no word for as it is", () => {
    expect(shown({ name: "role", type: "uint8", value: "9" })).toBe("9");
    expect(shown({ name: "speciality", type: "uint16", value: "999" })).toBe("999");
  });

  it("has a label for every argument of every call and event", () => {
    const names = (parameter: AbiParameter): string[] =>
      "components" in parameter ? parameter.components.flatMap(names) : [parameter.name ?? ""];
    const all = Object.values(contractAbis)
      .flat()
      .flatMap((item) =>
        item.type === "event" || (item.type === "function" && !/view|pure/.test(item.stateMutability))
          ? (item.inputs as readonly AbiParameter[]).flatMap(names)
          : [],
      );
    expect([...new Set(all)].filter((name) => !(name in english.argument))).toEqual([]);
  });
});
