import { expect } from "chai";
import hre from "hardhat";
import { ethers, loadFixture } from "./fixtures/network.ts";
import { PERMISSIONS, openBusyClinic } from "./fixtures/permissions.ts";
import type { Actors } from "./fixtures/system.ts";
import { actors } from "./fixtures/system.ts";

interface Item {
  type: string;
  name?: string;
  stateMutability?: string;
}

/** The name of the error a call ended with, whichever contract it came from; "" when it ended well. */
async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "";
  } catch (error) {
    // A clone's code is not known to the provider by name, and then it wraps what it returned.
    const { data: raw } = error as { data?: string | { data?: string } };
    const data = typeof raw === "object" ? raw.data : raw;
    for (const contract of Object.keys(PERMISSIONS)) {
      const { abi } = await hre.artifacts.readArtifact(contract);
      const parsed = data === undefined ? null : new ethers.Interface(abi).parseError(data);
      if (parsed) return parsed.name;
    }
    throw error;
  }
}

describe("Who may call what", () => {
  for (const [contract, functions] of Object.entries(PERMISSIONS)) {
    it(`P06 ${contract}: every function that writes has a row`, async () => {
      const { abi } = await hre.artifacts.readArtifact(contract);
      const writing = (abi as Item[]).filter(
        ({ type, stateMutability }) => type === "function" && stateMutability !== "view" && stateMutability !== "pure",
      );
      expect(Object.keys(functions).sort()).to.deep.equal(writing.map(({ name }) => name).sort());
    });

    for (const [name, { allowed, refusals, call }] of Object.entries(functions)) {
      const who = typeof allowed === "string" ? allowed : allowed.join(", ");
      it(`P06 ${contract}.${name}: ${who}`, async () => {
        const clinic = await loadFixture(openBusyClinic);
        for (const [role, caller] of Object.entries(await actors())) {
          const error = await outcome(call(clinic, caller));
          const may = allowed === "everybody" || (allowed !== "nobody" && allowed.includes(role as keyof Actors));
          if (may) expect(error, role).to.equal("");
          else expect(refusals, `${role}: ${error}`).to.include(error);
        }
      });
    }
  }
});
