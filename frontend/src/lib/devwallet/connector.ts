import { createConnector } from "wagmi";
import type { Chain } from "viem";
import { deriveAccount, developmentAccounts } from "./accounts.ts";
import type { DevelopmentProvider } from "./provider.ts";

/** Connector id of the development wallet. */
export const DEVELOPMENT_WALLET = "chartkey.development";

const STORED_INDEX = "chartkeyDevelopmentAccount";

let chosen: number | null = null;

/** Chooses which account the next connection uses: an index of `developmentAccounts`. */
export function chooseDevelopmentAccount(index: number): void {
  if (!developmentAccounts.some((account) => account.index === index)) throw new RangeError(`no account ${index}`);
  chosen = index;
}

/**
 * A wagmi connector over the public development keys. It keeps the index of the account between reloads (a number,
 * no secret) and signs in the page, after asking.
 */
export function developmentWallet() {
  return createConnector<DevelopmentProvider, Record<string, unknown>, { [STORED_INDEX]: number }>((wagmi) => {
    const chain = wagmi.chains[0] satisfies Chain;
    let provider: Promise<DevelopmentProvider> | undefined;

    async function account() {
      const index = chosen ?? (await wagmi.storage?.getItem(STORED_INDEX)) ?? null;
      return index === null ? null : deriveAccount(index);
    }

    async function build(): Promise<DevelopmentProvider> {
      // Signing brings elliptic curves with it: fetched when something is to be signed.
      const { createDevelopmentProvider } = await import("./provider.ts");
      const transport = wagmi.transports?.[chain.id];
      if (!transport) throw new Error("the chain has no transport");
      const { request } = transport({ chain });
      return createDevelopmentProvider({
        chain,
        account,
        rpc: (call) => request(call as Parameters<typeof request>[0]),
      });
    }

    async function accounts() {
      const current = await account();
      return current ? [current.address] : [];
    }

    // As in a browser's own wallet, another page's choice of account is this page's as well.
    async function follow({ key, newValue }: StorageEvent) {
      if (key !== `${wagmi.storage?.key}.${STORED_INDEX}` || newValue === null) return;
      chosen = null;
      wagmi.emitter.emit("change", { accounts: await accounts() });
    }

    return {
      setup: () => Promise.resolve(window.addEventListener("storage", (event) => void follow(event))),
      id: DEVELOPMENT_WALLET,
      name: "Development wallet",
      type: "development",
      async connect({ withCapabilities }: { withCapabilities?: boolean } = {}) {
        if (chosen === null && !(await account())) chosen = developmentAccounts[0].index;
        if (chosen !== null) await wagmi.storage?.setItem(STORED_INDEX, chosen);
        const addresses = await accounts();
        return {
          // wagmi types the answer by a flag that is only known at run time.
          accounts: (withCapabilities
            ? addresses.map((address) => ({ address, capabilities: {} }))
            : addresses) as never,
          chainId: chain.id,
        };
      },
      async disconnect() {
        chosen = null;
        await wagmi.storage?.removeItem(STORED_INDEX);
      },
      getAccounts: accounts,
      getChainId: () => Promise.resolve(chain.id),
      getProvider: () => Promise.resolve({ request: async (call) => (await (provider ??= build())).request(call) }),
      isAuthorized: async () => (await account()) !== null,
      switchChain: () => Promise.resolve(chain),
      onAccountsChanged() {},
      onChainChanged() {},
      onDisconnect() {},
    };
  });
}
