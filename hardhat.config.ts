import { createRequire } from "node:module";
import hardhatToolboxMochaEthers from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig } from "hardhat/config";

const require = createRequire(import.meta.url);

export default defineConfig({
  plugins: [hardhatToolboxMochaEthers],
  solidity: {
    version: "0.8.37",
    path: require.resolve("solc/soljson.js"),
    settings: { viaIR: true, optimizer: { enabled: true, runs: 200 }, evmVersion: "cancun" },
  },
  networks: {
    default: { type: "edr-simulated", chainType: "l1", hardfork: "cancun" },
    // The chain of `npm start`; scripts/lib/deploy.ts sets the address it really has.
    local: {
      type: "http",
      chainType: "l1",
      chainId: 20265,
      url: "http://127.0.0.1:8545",
      accounts: { mnemonic: "test test test test test test test test test test test junk" },
    },
  },
  // The local chain mines what is sent: nothing comes above a transaction's block. `npm run deploy` says what it waits for itself.
  ignition: { requiredConfirmations: 1, blockPollingInterval: 200 },
  // Solidity tests have a configuration of their own: hardhat.solidity.config.ts.
  paths: { tests: { mocha: "test/contracts", solidity: "test/contracts" } },
  test: { mocha: { timeout: 60_000 } },
});
