// @vitest-environment jsdom
import { QueryClient } from "@tanstack/react-query";
import type { Session, Vault } from "@chartkey/sdk";
import { afterEach, describe, expect, it } from "vitest";
import { actFor } from "../acting/acting.ts";
import { forgetPlaintextOnLock, plaintext, untilForgotten } from "./plaintext.ts";
import { keepVault, lockVault } from "./vault.ts";

const session = { chain: { id: 1 }, wallet: { account: { address: "0xA" } } } as unknown as Session;

afterEach(lockVault);

describe("forgetPlaintextOnLock", () => {
  it("drops what was decrypted when the vault locks, and nothing that is public", async () => {
    const client = new QueryClient();
    forgetPlaintextOnLock(client);
    keepVault(session, {} as Vault);
    await client.fetchQuery({ queryKey: ["chart"], queryFn: () => "secret", ...plaintext });
    await client.fetchQuery({ queryKey: ["hospitals"], queryFn: () => "public" });
    expect(client.getQueryData(["chart"])).toBe("secret");
    const reading = untilForgotten();
    expect(reading.aborted).toBe(false);
    lockVault();
    expect([reading.aborted, untilForgotten().aborted]).toEqual([true, false]);
    expect(client.getQueryData(["chart"])).toBeUndefined();
    expect(client.getQueryData(["hospitals"])).toBe("public");
  });

  it("O15 drops it when somebody else is acted for, though the own vault waits", async () => {
    const client = new QueryClient();
    forgetPlaintextOnLock(client);
    keepVault(session, {} as Vault);
    await client.fetchQuery({ queryKey: ["chart"], queryFn: () => "secret", ...plaintext });
    actFor({ wallet: "0xA", account: "0xB", as: "delegate" });
    expect(client.getQueryData(["chart"])).toBeUndefined();
    actFor(null);
  });
});
