import { configVariable, defineConfig } from "hardhat/config";
import base from "../../../hardhat.config.ts";

const PHRASE = "test test test test test test test test test test test junk";

/** The repository's configuration, with the local chain at the address that CHARTKEY_TEST_RPC_URL has. */
export default defineConfig({
  ...base,
  networks: {
    local: {
      ...{ type: "http", chainType: "l1", chainId: 20265, accounts: { mnemonic: PHRASE } },
      url: configVariable("CHARTKEY_TEST_RPC_URL"),
    },
  },
});
