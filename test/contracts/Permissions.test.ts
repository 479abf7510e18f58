import { expect } from "chai";
import hre from "hardhat";
import { PERMISSIONS, ROLES } from "../../ignition/permissions.ts";
import { openBusyClinic } from "./fixtures/busy-clinic.ts";
import { outcome } from "./fixtures/errors.ts";
import { loadFixture } from "./fixtures/network.ts";
import { ROWS, allowedTo, chartsOf, rolesOf } from "./fixtures/permissions.ts";
import type { Actors } from "./fixtures/system.ts";
import { actors } from "./fixtures/system.ts";

interface Item {
  type: string;
  name?: string;
  stateMutability?: string;
}

describe("Who may call what", () => {
  it("P06 the table has every contract, and uses the roles it explains", () => {
    expect(Object.keys(PERMISSIONS)).to.deep.equal(Object.keys(ROWS));
    const used = new Set(
      Object.values(PERMISSIONS).flatMap((rows) => Object.values(rows).flatMap((row) => row.allowed)),
    );
    // An auditor has no function: being one is all there is.
    expect([...used, "auditor"].sort()).to.deep.equal(Object.keys(ROLES).sort());
  });

  it("P01 anyone creates a hospital, and the registrar alone accredits it", () => {
    expect(rolesOf("HospitalRegistry", "createHospital")).to.deep.equal(["anybody"]);
    expect(rolesOf("HospitalRegistry", "setAccreditation")).to.deep.equal(["registrar"]);
  });

  it("P23 access is given by nobody but the patient's side", () => {
    expect([...rolesOf("ConsentRegistry", "grant")].sort()).to.deep.equal(["delegate", "patient", "successor"]);
    expect([...rolesOf("ConsentRegistry", "appointDelegate")].sort()).to.deep.equal(["patient", "successor"]);
    // Anybody may send what the patient signed, and nothing else.
    expect(rolesOf("ConsentRegistry", "grantBySig")).to.deep.equal(["sponsor"]);
  });

  for (const [contract, rows] of Object.entries(ROWS)) {
    it(`P06 ${contract}: every function that writes has a row in the table, and is tried out`, async () => {
      const { abi } = await hre.artifacts.readArtifact(contract);
      const writing = (abi as Item[])
        .filter(({ type, stateMutability }) => type === "function" && !/view|pure/.test(stateMutability ?? ""))
        .map(({ name }) => name)
        .sort();
      expect(Object.keys(rows).sort()).to.deep.equal(writing);
      expect(Object.keys(PERMISSIONS[contract] ?? {}).sort()).to.deep.equal(writing);
    });

    for (const [name, row] of Object.entries(rows)) {
      for (const whose of chartsOf(row)) {
        const chart = chartsOf(row).length > 1 ? ` (${whose} chart)` : "";
        it(`P06 P58 ${contract}.${name}${chart}: ${rolesOf(contract, name).join(", ") || "nobody"}`, async () => {
          const clinic = await loadFixture(openBusyClinic);
          const allowed = allowedTo(contract, name, whose);
          for (const [actor, caller] of Object.entries(await actors())) {
            const error = await outcome(row.call(clinic, caller, clinic[whose]));
            const may = allowed === "all" || allowed.includes(actor as keyof Actors);
            if (may) expect(error, actor).to.equal("");
            else expect(row.refusals, `${actor}: ${error}`).to.include(error);
          }
        });
      }
    }
  }
});
