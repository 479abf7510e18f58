import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/**
 * Deploys the whole system and wires it.
 *
 * Each step waits for the one before (`after`), so that on a fresh chain the deployer's nonces 0 to 5 make the contracts
 * in this order and their addresses follow from the deployer alone (scripts/generate.ts relies on it).
 *
 * Parameter `registrar`: who accredits hospitals; the deployer when it is not given.
 * Parameter `emergencyCoolDown`: seconds for which a doctor must have been active before a break-glass; 3 days when it is not given.
 */
export default buildModule("Chartkey", (m) => {
  const registrar = m.getParameter("registrar", m.getAccount(0));

  const emergencyCoolDown = m.getParameter("emergencyCoolDown", 3 * 86_400);

  const registry = m.contract("HospitalRegistry", [registrar]);
  const keyDirectory = m.contract("KeyDirectory", [], { after: [registry] });
  const consent = m.contract("ConsentRegistry", [registry, emergencyCoolDown], { after: [keyDirectory] });
  const records = m.contract("RecordRegistry", [consent], { after: [consent] });
  const appointments = m.contract("Appointments", [registry], { after: [records] });
  const prescriptions = m.contract("Prescriptions", [registry, records], { after: [appointments] });
  m.call(records, "wirePrescriptions", [prescriptions]);

  const implementation = m.staticCall(registry, "implementation");
  const hospital = m.contractAt("Hospital", implementation);

  return { registry, hospital, keyDirectory, consent, records, appointments, prescriptions };
});
