import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it } from "vitest";
import { createConfig, custom, WagmiProvider } from "wagmi";
import type { AppConfig } from "../../lib/config/config.ts";
import { chainOf } from "../../lib/chain/chain.ts";
import { ConfigContext } from "../../lib/config/context.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { Footer } from "./Footer.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

it("says that the chain does not answer any more, instead of the last block", async () => {
  let down = false;
  const request = () => (down ? Promise.reject(new Error("down")) : Promise.resolve("0x22"));
  const config: AppConfig = { chainId: 20265, rpcUrl: "http://127.0.0.1:1", storeUrls: [""], development: true };
  const chain = chainOf(config);
  const wagmi = createConfig({ chains: [chain], transports: { [chain.id]: custom({ request }, { retryCount: 0 }) } });
  render(
    <ConfigContext value={config}>
      <WagmiProvider config={wagmi}>
        <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
          <MemoryRouter>
            <Footer />
          </MemoryRouter>
        </QueryClientProvider>
      </WagmiProvider>
    </ConfigContext>,
  );
  await screen.findByText("Block 34");
  down = true;
  await screen.findByText("The chain does not answer");
  expect(screen.queryByText("Block 34")).toBeNull();
});
