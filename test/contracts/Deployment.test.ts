import { expect } from "chai";
import Chartkey from "../../ignition/modules/Chartkey.ts";
import type { Asked, System } from "../../scripts/lib/check-deployment.ts";
import { DeploymentError, checkDeployment } from "../../scripts/lib/check-deployment.ts";
import { digest } from "./fixtures/builders.ts";
import { COOL_DOWN, SUCCESSION_DELAY } from "./fixtures/codes.ts";
import { ethers, ignition, loadFixture } from "./fixtures/network.ts";
import { actors } from "./fixtures/system.ts";

/** Deployed by the first account, with another as the registrar. */
async function deployed() {
  const { registrar: deployer, sponsor: registrar, stranger } = await actors();
  const system: System = await ignition.deploy(Chartkey, {
    parameters: { Chartkey: { registrar: registrar.address } },
  });
  const asked: Asked = {
    deployer: deployer.address,
    registrar: registrar.address,
    emergencyCoolDown: COOL_DOWN,
    successionDelay: SUCCESSION_DELAY,
  };
  return { system, asked, deployer, registrar, stranger };
}

type Deployed = Awaited<ReturnType<typeof deployed>>;

const check = ({ system, asked }: Deployed, changes: Partial<Asked> = {}) =>
  checkDeployment(ethers.provider, system, { ...asked, ...changes }, 0);

async function differs(checked: Promise<void>, what: string) {
  const error = await checked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(DeploymentError);
  expect((error as Error).message).to.match(new RegExp(`^${what}`));
}

describe("Deployment", () => {
  it("P01 P06 gives every role to whom it was asked for, and is wired", async () => {
    await check(await loadFixture(deployed));
  });

  it("P06 with another registrar, cool-down or delay than asked for is noticed", async () => {
    const clinic = await loadFixture(deployed);
    await differs(check(clinic, { registrar: clinic.deployer.address }), "registrar");
    await differs(check(clinic, { emergencyCoolDown: 0n }), "cool-down");
    await differs(check(clinic, { successionDelay: 0n }), "delay");
  });

  it("P04 P06 whose registrar is about to change, or that is in use, is noticed", async () => {
    const clinic = await loadFixture(deployed);
    const registry = await ethers.getContractAt("HospitalRegistry", await clinic.system.registry.getAddress());
    await registry.connect(clinic.registrar).transferOwnership(clinic.stranger);
    await differs(check(clinic), "next registrar");
    await registry.connect(clinic.registrar).transferOwnership(ethers.ZeroAddress);
    await registry.connect(clinic.stranger).createHospital(digest("salt"), digest("profile"), digest("key"));
    await differs(check(clinic), "hospitals so far");
  });

  it("P36 P58 that is wired to something else, or not at all, is noticed", async () => {
    const clinic = await loadFixture(deployed);
    const { registry, keyDirectory, consent } = clinic.system;
    const { deployer, stranger } = clinic;
    const records = await ethers.deployContract("RecordRegistry", [consent, keyDirectory], deployer);
    const other = { ...clinic, system: { ...clinic.system, records } };
    await differs(check(other), "prescriptions");
    await records.connect(deployer).wirePrescriptions(stranger);
    await differs(check(other), "prescriptions");

    const directory = await ethers.deployContract("KeyDirectory", [SUCCESSION_DELAY], deployer);
    await differs(check({ ...clinic, system: { ...clinic.system, keyDirectory: directory } }), "observers");
    await directory.connect(deployer).wireObservers(consent, clinic.system.appointments);
    const foreign = check({ ...clinic, system: { ...clinic.system, keyDirectory: directory } });
    await differs(foreign, "consent told of a succession");
    const hospital = await ethers.deployContract("Hospital", [registry, keyDirectory], deployer);
    await differs(check({ ...clinic, system: { ...clinic.system, hospital } }), "implementation");
  });
});
