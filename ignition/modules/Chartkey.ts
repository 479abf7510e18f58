import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** Seconds; what the module deploys with when a parameter is not given. */
export const DEFAULT_DELAYS = { emergencyCoolDown: 3 * 86_400, successionDelay: 7 * 86_400 };

/**
 * Deploys the whole system and wires it.
 *
 * Each step waits for the one before (`after`), so that on a fresh chain the deployer's nonces 0 to 6 make the contracts
 * in this order and their addresses follow from the deployer alone (scripts/generate.ts relies on it).
 *
 * Parameter `registrar`: who accredits hospitals; the deployer when it is not given.
 * Parameter `emergencyCoolDown`: seconds for which a doctor must have been active before a break-glass; 3 days when it is not given.
 * Parameter `successionDelay`: seconds in which a successor can be vetoed; 7 days when it is not given.
 */
export default buildModule("Chartkey", (m) => {
  const registrar = m.getParameter("registrar", m.getAccount(0));
  const emergencyCoolDown = m.getParameter("emergencyCoolDown", DEFAULT_DELAYS.emergencyCoolDown);
  const successionDelay = m.getParameter("successionDelay", DEFAULT_DELAYS.successionDelay);

  const keyDirectory = m.contract("KeyDirectory", [successionDelay]);
  const registry = m.contract("HospitalRegistry", [registrar, keyDirectory], { after: [keyDirectory] });
  const consent = m.contract("ConsentRegistry", [registry, keyDirectory, emergencyCoolDown], { after: [registry] });
  const records = m.contract("RecordRegistry", [consent, keyDirectory], { after: [consent] });
  const appointments = m.contract("Appointments", [registry, consent, keyDirectory], { after: [records] });
  const prescriptions = m.contract("Prescriptions", [registry, records], { after: [appointments] });
  const accessLog = m.contract("AccessLog", [], { after: [prescriptions] });
  m.call(records, "wirePrescriptions", [prescriptions], { after: [accessLog] });
  m.call(keyDirectory, "wireObservers", [consent, appointments], { after: [accessLog] });

  const implementation = m.staticCall(registry, "implementation");
  const hospital = m.contractAt("Hospital", implementation);

  return { registry, hospital, keyDirectory, consent, records, appointments, prescriptions, accessLog };
});
