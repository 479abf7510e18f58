import type { Page } from "playwright-core";
import { type TypedDataDefinition, createWalletClient, http, numberToHex } from "viem";
import { developmentAccount } from "../../../scripts/lib/accounts.ts";
import { LOCAL_CHAIN_ID } from "../../../scripts/lib/stack.ts";

/** A wallet of a test: what it was asked to sign, and whether it declines. */
export interface TestWallet {
  readonly address: `0x${string}`;
  /** One line for each signature and transaction. */
  readonly asked: string[];
  /** Declines the next request, or the one after some, as a person would. */
  declineNext(after?: number): void;
}

class Declined extends Error {
  readonly code = 4001;
}

type Transaction = {
  to?: `0x${string}`;
  data?: `0x${string}`;
  value?: `0x${string}`;
  gas?: `0x${string}`;
  nonce?: `0x${string}`;
};

/** Puts an EIP-1193 provider, announced by EIP-6963, into a page; keys and signing stay outside of the browser. */
export async function installWallet(page: Page, rpcUrl: string, accountIndex: number): Promise<TestWallet> {
  const account = developmentAccount(accountIndex);
  const client = createWalletClient({ account, transport: http(rpcUrl) });
  const asked: string[] = [];
  let untilDecline = Infinity;
  let authorized = false;
  const ask = (what: string) => {
    if (untilDecline-- === 0) {
      untilDecline = Infinity;
      throw new Declined("User rejected the request.");
    }
    asked.push(what);
  };
  const answer = async (method: string, params: unknown[]): Promise<unknown> => {
    switch (method) {
      // Empty until asked: wagmi reconnects on load to any wallet that already lists accounts.
      case "eth_accounts":
        return authorized ? [account.address] : [];
      case "eth_requestAccounts":
        authorized = true;
        return [account.address];
      case "wallet_requestPermissions":
      case "wallet_getPermissions":
        return [{ parentCapability: "eth_accounts" }];
      case "wallet_revokePermissions":
        authorized = false;
        return null;
      case "wallet_switchEthereumChain":
      case "wallet_addEthereumChain":
        return null;
      case "eth_chainId":
        return numberToHex(LOCAL_CHAIN_ID);
      case "eth_sendTransaction": {
        const { to, data, value, gas, nonce } = params[0] as Transaction;
        ask(`transaction ${data?.slice(0, 10) ?? "0x"}`);
        const amounts = {
          ...(value === undefined ? {} : { value: BigInt(value) }),
          ...(gas === undefined ? {} : { gas: BigInt(gas) }),
          ...(nonce === undefined ? {} : { nonce: Number(nonce) }),
        };
        return client.sendTransaction({ chain: null, ...(to ? { to } : {}), ...(data ? { data } : {}), ...amounts });
      }
      case "eth_signTypedData_v4": {
        const definition = JSON.parse(String(params[1])) as TypedDataDefinition & { types: Record<string, unknown> };
        ask(`typed data ${definition.primaryType}`);
        const { EIP712Domain: _domain, ...types } = definition.types;
        return account.signTypedData({ ...definition, types } as TypedDataDefinition);
      }
      case "personal_sign":
        ask("message");
        return account.signMessage({ message: { raw: params[0] as `0x${string}` } });
      default:
        return client.request({ method, params } as never);
    }
  };
  await page.exposeFunction("chartkeyTestWallet", async (method: string, params: unknown[] = []) => {
    try {
      return { result: await answer(method, params) };
    } catch (error) {
      const { code, message, shortMessage } = error as { code?: number; message: string; shortMessage?: string };
      return { error: { code: code ?? -32603, message: shortMessage ?? message } };
    }
  });
  await page.addInitScript(announceProvider);
  return {
    address: account.address,
    asked,
    declineNext: (after = 0) => {
      untilDecline = after;
    },
  };
}

/** Runs in the page. */
function announceProvider(): void {
  type Answer = { result?: unknown; error?: { code: number; message: string } };
  const call = (window as unknown as { chartkeyTestWallet: (method: string, params?: unknown[]) => Promise<Answer> })
    .chartkeyTestWallet;
  const listeners = new Map<string, ((...values: unknown[]) => void)[]>();
  const provider = {
    on: (event: string, listener: (...values: unknown[]) => void) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      return provider;
    },
    removeListener: (event: string, listener: unknown) => {
      listeners.set(
        event,
        (listeners.get(event) ?? []).filter((known) => known !== listener),
      );
      return provider;
    },
    request: async ({ method, params }: { method: string; params?: unknown[] }) => {
      const { result, error } = await call(method, params);
      if (error) throw Object.assign(new Error(error.message), { code: error.code });
      return result;
    },
  };
  const icon = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>";
  const info = Object.freeze({ uuid: crypto.randomUUID(), name: "Test Wallet", icon, rdns: "test.wallet" });
  const announce = () =>
    window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail: Object.freeze({ info, provider }) }));
  window.addEventListener("eip6963:requestProvider", announce);
  announce();
}
