import { defineConfig } from "hardhat/config";
import main from "./hardhat.config.ts";
import solidity from "./hardhat.solidity.config.ts";

/**
 * For scripts/coverage.ts: all contract tests in one run, without the optimizer, and built elsewhere, because code that counts its
 * lines is neither as small nor as cheap as what is deployed.
 */
export default defineConfig({
  plugins: main.plugins ?? [],
  solidity: solidity.solidity ?? "0.8.37",
  networks: {
    default: { type: "edr-simulated", chainType: "l1", hardfork: "cancun", allowUnlimitedContractSize: true },
  },
  paths: {
    tests: { mocha: "test/contracts", solidity: "test/solidity" },
    artifacts: ".tmp/coverage/artifacts",
    cache: ".tmp/coverage/cache",
  },
  test: { ...main.test, ...solidity.test },
});
