import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { hashFn } from "wagmi/query";
import { WagmiProvider } from "wagmi";
import { createWagmiConfig } from "../lib/chain/wagmi.ts";
import { loadConfig } from "../lib/config/config.ts";
import { ConfigContext } from "../lib/config/context.ts";
import { once } from "../lib/errors/once.ts";
import { startI18n } from "../lib/i18n/i18n.ts";
import { forgetPlaintextOnLock } from "../lib/session/plaintext.ts";
import { startTheme } from "../lib/theme/theme.ts";
import { App } from "./App.tsx";
import { StartFailure } from "./StartFailure.tsx";
import "@fontsource-variable/inter/index.css";
import "../styles/bootstrap.scss";
import "../styles/theme.scss";

async function start(): Promise<void> {
  startTheme();
  const element = document.getElementById("root");
  if (!element) throw new Error("the page has no root");
  const root = createRoot(element);
  const [configured] = await Promise.allSettled([loadConfig(), startI18n()]);
  if (configured.status === "rejected") {
    root.render(<StartFailure error={configured.reason} />);
    return;
  }
  const config = configured.value;
  const wagmiConfig = createWagmiConfig(config);
  // bigint-safe keys; a question is asked again when something happened, not with every block.
  const queryClient = new QueryClient({
    defaultOptions: { queries: { queryKeyHashFn: hashFn, retry: once, refetchOnWindowFocus: false } },
  });
  forgetPlaintextOnLock(queryClient);
  root.render(
    <StrictMode>
      <ConfigContext value={config}>
        <WagmiProvider config={wagmiConfig}>
          <QueryClientProvider client={queryClient}>
            <App />
          </QueryClientProvider>
        </WagmiProvider>
      </ConfigContext>
    </StrictMode>,
  );
}

void start();
