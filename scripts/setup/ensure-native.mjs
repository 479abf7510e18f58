// npm chooses the optional platform packages to unpack by the Node that runs npm. Under Node 20 it leaves out
// @nomicfoundation/edr-* (engines: node >= 22), although every script here runs on the Node that package.json
// brings along. When EDR does not load, install once more under that newer Node; this only fills the gap.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { spawnSync } from "node:child_process";

const require = createRequire(import.meta.url);

function edrLoads() {
  try {
    require("@nomicfoundation/edr");
    return true;
  } catch {
    return false;
  }
}

if (existsSync("node_modules/@nomicfoundation/edr") && !edrLoads()) {
  if (process.env.CHARTKEY_NESTED_INSTALL) {
    console.error(
      `@nomicfoundation/edr does not load on Node ${process.version} (${process.platform} ${process.arch}). ` +
        "Delete node_modules and run npm ci again; if that does not help, this platform is not supported by Hardhat.",
    );
    process.exit(1);
  }
  const result = spawnSync("npm", ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"], {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, CHARTKEY_NESTED_INSTALL: "1" },
  });
  process.exit(result.status ?? 1);
}
