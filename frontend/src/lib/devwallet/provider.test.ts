import {
  createWalletClient,
  custom,
  recoverTypedDataAddress,
  UserRejectedRequestError,
  type EIP1193RequestFn,
} from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { afterEach, describe, expect, it, vi } from "vitest";
import { chainOf } from "../chain/chain.ts";
import { currentApproval } from "./approvals.ts";
import { createDevelopmentProvider } from "./provider.ts";

const chain = chainOf({
  chainId: 20265,
  rpcUrl: "http://127.0.0.1:1",
  storeUrls: ["http://127.0.0.1:2"],
  development: true,
});
const patient = mnemonicToAccount("test test test test test test test test test test test junk", { addressIndex: 3 });
const typedData = {
  domain: { name: "Chartkey Prescriptions", version: "1", chainId: chain.id },
  types: { Dispense: [{ name: "amounts", type: "uint56" }] },
  primaryType: "Dispense",
  message: { amounts: 3n },
} as const;

function wallet() {
  const rpc = vi.fn(() => Promise.resolve<unknown>(null));
  const provider = createDevelopmentProvider({ chain, rpc, account: () => Promise.resolve(patient) });
  const client = createWalletClient({
    account: patient.address,
    chain,
    transport: custom({ request: provider.request as EIP1193RequestFn }),
  });
  return { rpc, provider, client };
}

async function onScreen() {
  await expect.poll(currentApproval).not.toBeNull();
  return currentApproval()!;
}

describe("development wallet", () => {
  afterEach(() => currentApproval()?.decline());

  it("signs typed data with the chosen account, once it is approved", async () => {
    const { client } = wallet();
    const signature = client.signTypedData(typedData);
    const pending = await onScreen();
    expect(pending.request).toMatchObject({ kind: "typedData", account: patient.address });
    pending.sign();
    expect(await recoverTypedDataAddress({ ...typedData, signature: await signature })).toBe(patient.address);
    expect(currentApproval()).toBeNull();
  });

  it("answers a declined signature with EIP-1193 code 4001", async () => {
    const { client } = wallet();
    const signature = client.signTypedData(typedData);
    const refused = expect(signature).rejects.toMatchObject({ code: 4001, name: UserRejectedRequestError.name });
    (await onScreen()).decline();
    await refused;
  });

  it("sends nothing to the chain when a transaction is declined", async () => {
    const { provider, rpc } = wallet();
    const params = [{ from: patient.address, to: patient.address, data: "0x1234" }];
    const sent = provider.request({ method: "eth_sendTransaction", params });
    const refused = expect(sent).rejects.toMatchObject({ code: 4001 });
    const pending = await onScreen();
    expect(pending.request).toMatchObject({ kind: "transaction", data: "0x1234", value: 0n });
    pending.decline();
    await refused;
    expect(rpc).not.toHaveBeenCalled();
  });

  it("refuses to sign for another account, for another chain, and raw hashes", async () => {
    const { provider } = wallet();
    const other = "0x000000000000000000000000000000000000dEaD";
    await expect(provider.request({ method: "personal_sign", params: ["0x00", other] })).rejects.toMatchObject({
      code: 4100,
    });
    const foreign = JSON.stringify({ ...typedData, domain: { chainId: 1 }, message: { amounts: 3 } });
    await expect(
      provider.request({ method: "eth_signTypedData_v4", params: [patient.address, foreign] }),
    ).rejects.toMatchObject({ code: 4901 });
    await expect(provider.request({ method: "eth_sign", params: [patient.address, "0x00"] })).rejects.toMatchObject({
      code: 4200,
    });
    expect(currentApproval()).toBeNull();
  });

  it("shows one request at a time", async () => {
    const { client } = wallet();
    const first = client.signMessage({ message: "first" });
    const second = client.signMessage({ message: "second" });
    (await onScreen()).sign();
    await first;
    const pending = await onScreen();
    expect(pending.request).toMatchObject({ kind: "message", text: "second" });
    pending.sign();
    await second;
  });
});
