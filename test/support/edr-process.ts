import hre from "hardhat";
import { deployLocal } from "../../scripts/lib/deploy.ts";
import { LOCAL_CHAIN_ID } from "../../scripts/lib/stack.ts";

/**
 * Hardhat's simulated chain with the contracts, as a process of its own: Hardhat's plug-ins change the assertions of whoever loads them.
 * Its id is that of the local chain, so that the build knows where the contracts are. Tells its URL to the parent, and waits to be killed.
 */
const override = { chainId: LOCAL_CHAIN_ID };
const server = await hre.network.createServer({ network: "default", override }, "127.0.0.1", 0);
const { address, port } = await server.listen();
const url = `http://${address}:${port}`;
await deployLocal(url);
process.send?.(url);
