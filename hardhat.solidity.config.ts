import { createRequire } from "node:module";
import { defineConfig } from "hardhat/config";

const require = createRequire(import.meta.url);

/**
 * Solidity tests, and what they deploy, compiled without the optimizer: ten times faster, and a second code generator that has to
 * give the same answers. The mocha tests run what is deployed.
 */
export default defineConfig({
  solidity: {
    version: "0.8.37",
    path: require.resolve("solc/soljson.js"),
    settings: { evmVersion: "cancun" },
  },
  paths: { tests: { solidity: "test/solidity" }, artifacts: ".tmp/solidity/artifacts", cache: ".tmp/solidity/cache" },
  test: {
    solidity: {
      fuzz: { runs: 256, seed: "0x5eed" },
      invariant: { runs: 32, depth: 64, failOnRevert: false },
    },
  },
});
