import type { Page } from "playwright-core";
import { type TypedDataDefinition, createWalletClient, http, numberToHex } from "viem";
import { developmentAccount } from "../../../scripts/lib/accounts.ts";
import { LOCAL_CHAIN_ID } from "../../../scripts/lib/stack.ts";

/** A wallet of a test: what it was asked to sign, and whether it declines. */
export interface TestWallet {
  /** The account that is chosen now. */
  readonly address: `0x${string}`;
  /** One line for each signature and transaction. */
  readonly asked: string[];
  /** Declines the next request, or the one after some, as a person would. */
  declineNext(after?: number): void;
  /** Chooses another account, as a person would in the wallet's own window. */
  chooseAccount(accountIndex: number): Promise<void>;
  /** Goes to another chain, in the same way. */
  chooseChain(chainId: number): Promise<void>;
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
  let account = developmentAccount(accountIndex);
  let chainId = LOCAL_CHAIN_ID;
  const client = createWalletClient({ transport: http(rpcUrl) });
  const emit = (event: string, value: unknown) =>
    page.evaluate(([name, what]) => window.dispatchEvent(new CustomEvent(name, { detail: what })), [
      `chartkeyTestWallet:${event}`,
      value,
    ] as const);
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
      case "wallet_addEthereumChain":
        return null;
      case "wallet_switchEthereumChain":
        chainId = Number((params[0] as { chainId: string }).chainId);
        await emit("chainChanged", numberToHex(chainId));
        return null;
      case "eth_chainId":
        return numberToHex(chainId);
      case "eth_sendTransaction": {
        const { to, data, value, gas, nonce } = params[0] as Transaction;
        ask(`transaction ${data?.slice(0, 10) ?? "0x"}`);
        const amounts = {
          ...(value === undefined ? {} : { value: BigInt(value) }),
          ...(gas === undefined ? {} : { gas: BigInt(gas) }),
          ...(nonce === undefined ? {} : { nonce: Number(nonce) }),
        };
        return client.sendTransaction({
          account,
          chain: null,
          ...(to ? { to } : {}),
          ...(data ? { data } : {}),
          ...amounts,
        });
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
    get address() {
      return account.address;
    },
    asked,
    declineNext: (after = 0) => {
      untilDecline = after;
    },
    chooseAccount: async (index) => {
      account = developmentAccount(index);
      await emit("accountsChanged", [account.address]);
    },
    chooseChain: async (id) => {
      chainId = id;
      await emit("chainChanged", numberToHex(id));
    },
  };
}

/** Runs in the page. */
function announceProvider(): void {
  type Answer = { result?: unknown; error?: { code: number; message: string } };
  const call = (window as unknown as { chartkeyTestWallet: (method: string, params?: unknown[]) => Promise<Answer> })
    .chartkeyTestWallet;
  type Listener = (value: unknown) => void;
  const listeners = new Map<Listener, (told: Event) => void>();
  const provider = {
    on: (event: string, listener: Listener) => {
      const heard = (told: Event) => listener((told as CustomEvent<unknown>).detail);
      listeners.set(listener, heard);
      window.addEventListener(`chartkeyTestWallet:${event}`, heard);
      return provider;
    },
    removeListener: (event: string, listener: Listener) => {
      const heard = listeners.get(listener);
      if (heard) window.removeEventListener(`chartkeyTestWallet:${event}`, heard);
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
