import { describe, expect, it } from "vitest";
import { accountFault, typedAccount } from "./typedAccount.ts";

const account = "0x976EA74026E726554dB657fA54763abd0C3a0aa9";

describe("typedAccount", () => {
  it("takes an address in one case, or in both with the right checksum, and spaces around it", () => {
    expect(typedAccount(` ${account} `)).toBe(account);
    expect(typedAccount(account.toLowerCase())).toBe(account.toLowerCase());
  });

  it("notices a digit that was mistyped, and what is no address", () => {
    expect(typedAccount(account.replace("76E", "76e"))).toBeNull();
    expect(typedAccount(account.slice(0, -1))).toBeNull();
    expect(typedAccount("")).toBeNull();
  });
});

describe("accountFault", () => {
  it("says what is wrong with a typed account", () => {
    expect(accountFault(account.slice(0, -1))).toEqual({ fault: "length", digits: 39 });
    expect(accountFault(account.replace("76E", "76e"))).toEqual({ fault: "checksum", digits: 40 });
    expect(accountFault(account.replace("740", "74O"))).toMatchObject({ fault: "digit" });
    expect(accountFault(account.slice(2))).toMatchObject({ fault: "prefix" });
  });

  it("finds nothing wrong with an account, nor with nothing", () => {
    for (const typed of [` ${account} `, account.toLowerCase(), "  "]) expect(accountFault(typed)).toBeNull();
  });
});
