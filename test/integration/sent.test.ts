import { type Chain, type SentTransaction, type Session, accountOf, proposeSuccessor, standingOf } from "@chartkey/sdk";
import { type Hex, numberToHex, pad } from "viem";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { type EdrStack, openEdrStack } from "../support/edr-stack.ts";
import { replace, waiting } from "./support/pool.ts";

/** What became of what a wallet sent, on a chain that mines, drops and replaces when it is told to. */

let stack: EdrStack;
let session: Session;
let told: SentTransaction[];

beforeAll(async () => {
  stack = await openEdrStack();
  const actor = await unlockedActor(stack, 3);
  const chain: Chain = { ...actor.chain, onSent: (sent) => told.push(sent) };
  session = { ...actor, chain };
}, 300_000);
afterAll(() => stack.close());
afterEach(async () => {
  await stack.control("evm_mine");
  await stack.control("evm_setAutomine", true);
});

let proposed = 0x1000;
/** A call that succeeds each time. */
const propose = () => proposeSuccessor(session, accountOf(session), pad(numberToHex((proposed += 1)), { size: 20 }));

const standing = (hash: Hex, nonce?: number) =>
  standingOf(session.chain.client, { hash, from: accountOf(session), nonce });

/** Sends without waiting for a block. */
async function sent() {
  told = [];
  await stack.control("evm_setAutomine", false);
  const done = propose().then(
    () => undefined,
    (error: unknown) => error,
  );
  const pooled = await waiting(stack);
  await expect.poll(() => told).toHaveLength(1);
  return { done, pooled, hash: pooled.hash, nonce: Number(pooled.nonce) };
}

describe("a transaction", () => {
  it("is told as soon as the wallet sent it, waits with its nonce, and is mined", async () => {
    const { done, hash, nonce } = await sent();
    const to = session.chain.deployment.keyDirectory;
    expect(told).toEqual([{ hash, from: accountOf(session), to, functionName: "proposeSuccessor" }]);
    expect(await standing(hash)).toEqual({ state: "waiting", nonce });
    await stack.control("evm_mine");
    const blockNumber = await session.chain.client.getBlockNumber({ cacheTime: 0 });
    expect(await standing(hash)).toEqual({ state: "mined", blockNumber });
    expect(await done).toBeUndefined();
  });

  it("that the wallet cancelled is an error, never a success", async () => {
    const { done, pooled, hash, nonce } = await sent();
    const by = await replace(session.wallet, pooled, { to: accountOf(session) });
    await stack.control("evm_mine");
    expect(await done).toMatchObject({ code: "CHAIN_TX_REPLACED", details: { hash: by } });
    expect((await standing(hash, nonce)).state).toBe("replaced");
    expect((await standing(hash)).state).toBe("dropped");
  });

  it("in whose place the wallet did something else is an error, never a success", async () => {
    const { done, pooled } = await sent();
    await replace(session.wallet, pooled, { to: pooled.to, data: pooled.input.replace(/.$/, "0") as Hex });
    await stack.control("evm_mine");
    expect(await done).toMatchObject({ code: "CHAIN_TX_REPLACED" });
  });

  it("that the wallet sent again for another fee is followed", async () => {
    const { done, pooled, hash, nonce } = await sent();
    const again = await replace(session.wallet, pooled, { to: pooled.to, data: pooled.input });
    await stack.control("evm_mine");
    expect(await done).toBeUndefined();
    expect((await standing(hash, nonce)).state).toBe("replaced");
    expect((await standing(again)).state).toBe("mined");
  });

  it("that no node has any more is dropped", async () => {
    const { done, hash, nonce } = await sent();
    await stack.control("hardhat_dropTransaction", hash);
    expect(await standing(hash, nonce)).toEqual({ state: "dropped" });
    // The form that waits for it learns when the same nonce is used again.
    await replace(session.wallet, { nonce: numberToHex(nonce) }, { to: accountOf(session) });
    await stack.control("evm_mine");
    await done;
  });

  it("that its contract refused has failed in its block", async () => {
    const { account, chain } = session.wallet;
    await stack.control("evm_setAutomine", false);
    const to = session.chain.deployment.keyDirectory;
    const hash = await session.wallet.sendTransaction({ account, chain, to, data: "0x12345678", gas: 100_000n });
    await stack.control("evm_mine");
    expect(await standing(hash)).toMatchObject({ state: "failed" });
  });
});
