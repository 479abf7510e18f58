import { expect } from "chai";
import { openBusyClinic } from "./fixtures/busy-clinic.ts";
import { outcome } from "./fixtures/errors.ts";
import { loadFixture } from "./fixtures/network.ts";
import { ROWS, rolesOf } from "./fixtures/permissions.ts";
import { FORMS, signForm, submitForm } from "./fixtures/signed-forms.ts";
import { openClinic } from "./fixtures/system.ts";

describe("P58 after the acceptance, everywhere", () => {
  /** Accepts for the patient's own chart of the busy clinic; until then the candidate is nobody. */
  const accept = (clinic: Awaited<ReturnType<typeof openBusyClinic>>) =>
    clinic.keyDirectory.connect(clinic.candidate).acceptSuccession(clinic.patient);

  for (const [contract, rows] of Object.entries(ROWS)) {
    for (const [name, row] of Object.entries(rows)) {
      const roles = rolesOf(contract, name);
      // Accepting is for the one who is proposed; it is the step itself.
      if (!roles.includes("successor") || name === "acceptSuccession") continue;
      it(`P58 ${contract}.${name} serves the successor and refuses the old account`, async () => {
        const clinic = await loadFixture(openBusyClinic);
        const { patient, candidate, own } = clinic;
        expect(await outcome(row.call(clinic, patient, own))).to.equal("");
        expect(row.refusals).to.include(await outcome(row.call(clinic, candidate, own)));
        await accept(clinic);
        expect(row.refusals).to.include(await outcome(row.call(clinic, patient, own)));
        expect(await outcome(row.call(clinic, candidate, own))).to.equal("");
      });
    }
  }

  for (const form of FORMS) {
    it(`P17 P58 ${form.name} takes the successor's signature, and none of the old account's, made before or after`, async () => {
      const clinic = await loadFixture(openBusyClinic);
      const { patient, candidate, sponsor } = clinic;
      const before = await form.message(clinic, patient.address);
      const signedBefore = await signForm(patient, form, clinic, before);
      await accept(clinic);
      const refuse = async (message: typeof before, signature: string) =>
        expect(submitForm(form, clinic, sponsor, message, signature))
          .to.be.revertedWithCustomError(form.contract(clinic), form.invalid)
          .withArgs(patient.address);
      await refuse(before, signedBefore);
      const after = await form.message(clinic, patient.address);
      await refuse(after, await signForm(patient, form, clinic, after));
      await submitForm(form, clinic, sponsor, after, await signForm(candidate, form, clinic, after));
    });
  }

  it("P58 every function that takes a patient or an account is in the table with a successor", async () => {
    const exempt = new Set([
      // About a member of the hospital, by its admin.
      ...[
        "proposeAdmin",
        "removeAdmin",
        "confirm",
        "decline",
        "suspend",
        "reactivate",
        "changeSpeciality",
        "setReviewer",
      ],
      // By another than the patient: the registrar, a clone, a doctor, another contract, the recovery address.
      ...["setAuditor", "setMember", "openEmergency", "anchorFor", "onSuccession", "issue", "setRecovery"],
    ]);
    const clinic = await loadFixture(openClinic);
    const parts = [
      ["Hospital", clinic.hospital],
      ["KeyDirectory", clinic.keyDirectory],
      ["ConsentRegistry", clinic.consent],
      ["RecordRegistry", clinic.records],
      ["Appointments", clinic.appointments],
    ] as const;
    for (const [contract, { interface: abi }] of parts) {
      abi.forEachFunction(({ name, inputs, constant }) => {
        const whose = inputs[0]?.name;
        if (constant || exempt.has(name) || (whose !== "patient" && whose !== "account")) return;
        const roles = rolesOf(contract, name);
        expect(roles.includes("successor") || roles.includes("sponsor"), `${contract}.${name}`).to.equal(true);
      });
    }
  });
});
