/**
 * Who may call what: every function that writes, by contract.
 *
 * Plain data. test/contracts/Permissions.test.ts calls each function as everybody and fails where a contract does something
 * else; docs/permissions.md is rendered from it (scripts/render-permissions.ts).
 */

/** Who there is, and what makes an account that. */
export const ROLES = {
  registrar:
    "Owner of HospitalRegistry. Accredits hospitals and admits auditors; has no power over members, charts or fees.",
  admin: "Admin of a hospital: its creator, or proposed by an admin and accepted. Only in that hospital.",
  doctor:
    "Confirmed by an admin and active in an accredited hospital. Only there; a grant is needed to read or add anything.",
  pharmacist: "Confirmed by an admin and active in an accredited hospital. Only there.",
  patient:
    "The account itself, in all that concerns it: chart, consent, visits, keys, admission (staff as well, for their own " +
    "keys and admission). Without any power once it was succeeded.",
  delegate:
    "Holds a mandate of the patient's: to grant, to revoke or to book, until a date, or until the next succession.",
  successor: "Acts for an account that it succeeded, everywhere and instead of it.",
  recovery: "Named by the account beforehand, derived from the recovery code. Only proposes and vetoes successors.",
  reviewer: "Appointed by a hospital's admin. Only reviews its emergencies.",
  auditor: "Admitted by the registrar. Calls nothing: stores hand him ciphertext to be hashed.",
  sponsor: "Anybody who sends, and pays for, what another has signed. Can withhold it, and alter nothing.",
  anybody: "Every account.",
} as const satisfies Record<string, string>;

export type RoleName = keyof typeof ROLES;

export interface PermissionEntry {
  /** None: no account, only a contract of the system, if any. */
  readonly allowed: readonly RoleName[];
  /** Completes "if it is …" or "…": when and for what they may. */
  readonly condition: string;
}

const onlyClone = { allowed: [], condition: "the hospital's own clone" } as const;
const onlyDirectory = { allowed: [], condition: "KeyDirectory, when a succession is accepted" } as const;
const admin = (condition: string) => ({ allowed: ["admin"], condition }) as const;
const registrar = (condition: string) => ({ allowed: ["registrar"], condition }) as const;
const patient = (condition: string) => ({ allowed: ["patient", "successor"], condition }) as const;
const mandated = (action: string, condition: string) =>
  ({
    allowed: ["patient", "successor", "delegate"],
    condition: `${condition}; a delegate with a mandate to ${action}`,
  }) as const;
const sponsor = (condition: string) =>
  ({ allowed: ["sponsor"], condition: `with the signature of ${condition}, before its deadline, once` }) as const;
const visitDoctor = (condition: string) => ({ allowed: ["doctor"], condition: `of the visit, ${condition}` }) as const;

export const PERMISSIONS: Readonly<Record<string, Readonly<Record<string, PermissionEntry>>>> = {
  HospitalRegistry: {
    createHospital: {
      allowed: ["anybody"],
      condition: "becomes the first admin of a hospital that waits for accreditation",
    },
    setAccreditation: registrar("of a hospital whose contract and current profile he names"),
    setAuditor: registrar("admits whom he has not admitted, dismisses whom he has"),
    publishProfile: onlyClone,
    setMember: onlyClone,
    transferOwnership: registrar("names the next registrar, who must accept"),
    acceptOwnership: registrar("the next one, whom the present one has named"),
    renounceOwnership: registrar("for good; hospitals keep working"),
  },
  Hospital: {
    initialize: { allowed: [], condition: "HospitalRegistry, once, in the transaction that makes the clone" },
    proposeAdmin: admin("names an account that is no admin"),
    acceptAdmin: admin("the next one, while the admin who proposed it is one and has not taken it back"),
    removeAdmin: admin("any, himself included, but never the last; also takes that one's place as a reviewer"),
    revokeVouchers: admin("ends his own vouchers and proposals"),
    publishReceptionKey: admin("not an empty one"),
    publishProfile: admin("not an empty one"),
    claim: patient(
      "with a voucher of a present admin, who named the account or gave it the invitation's key; not of a member, or one who waits for confirmation",
    ),
    claimBySig: sponsor("whoever acts for the account"),
    requestAdmission: patient("of an account that is no member and does not wait for confirmation"),
    leaveHospital: patient("of a member, or one who waits for confirmation; not of suspended staff"),
    confirm: admin("of a request or a staff claim as he has seen it; not of staff that were succeeded"),
    decline: admin("of a request or a staff claim"),
    suspend: admin("an active member"),
    reactivate: admin("a suspended member; not staff that were succeeded"),
    changeSpeciality: admin("of an active doctor"),
    setReviewer: admin("appoints and dismisses"),
  },
  KeyDirectory: {
    publish: patient("replacing the versions that it has seen"),
    publishBySig: sponsor("whoever acts for the account"),
    publishVault: patient("replacing the version that it has seen"),
    setRecovery: {
      allowed: ["recovery"],
      condition: "replaces itself; while there is none, whoever acts for the account names the first",
    },
    proposeSuccessor: {
      allowed: ["patient", "successor", "recovery"],
      condition: "replaces a waiting proposal; the delay begins",
    },
    vetoSuccessor: { allowed: ["patient", "successor", "recovery"], condition: "ends a waiting proposal" },
    acceptSuccession: { allowed: ["successor"], condition: "the proposed one, after the delay" },
    wireObservers: { allowed: [], condition: "the deployer, once, while deploying" },
  },
  ConsentRegistry: {
    grant: mandated(
      "grant",
      "on the consent head that they have seen, to another, for at most 5 years and its own term",
    ),
    grantBySig: sponsor("whoever acts for the patient"),
    revoke: mandated("revoke", "always"),
    revokeBySig: sponsor("whoever acts for the patient, given after the grant"),
    onSuccession: onlyDirectory,
    appointDelegate: patient("another account, for at most 2 years"),
    removeDelegate: {
      allowed: ["patient", "successor", "delegate"],
      condition: "always; a delegate gives back his own mandate",
    },
    openEmergency: {
      allowed: ["doctor"],
      condition:
        "of a hospital where the patient is enrolled, active for the cool-down and not by his own confirmation; once in 24 hours, three a hospital",
    },
    endEmergency: patient("always"),
    reviewEmergency: {
      allowed: ["reviewer"],
      condition: "of that hospital, once, after it has ended; never the doctor himself",
    },
  },
  RecordRegistry: {
    anchor: {
      allowed: ["patient", "successor", "doctor"],
      condition: "a doctor with a grant to add to the category now",
    },
    anchorBatch: {
      allowed: ["patient", "successor", "doctor"],
      condition: "a doctor with a grant to add to each of the categories now",
    },
    anchorFor: { allowed: [], condition: "Prescriptions, in the name of its caller" },
    wirePrescriptions: { allowed: [], condition: "the deployer, once, while deploying" },
  },
  Appointments: {
    publishAvailability: { allowed: ["doctor"], condition: "his own days" },
    book: mandated("book", "a free quarter of an active doctor of the patient's hospital, with its exact fee"),
    bookBySig: sponsor("whoever acts for the patient, and the exact fee"),
    reschedule: mandated(
      "book",
      "a request or a hurried visit until it begins, another confirmed one until 24 hours ahead",
    ),
    confirm: visitDoctor("active, of an active patient's request, the one he has seen, before it begins"),
    decline: visitDoctor("active or not, of the request he has seen"),
    start: visitDoctor(
      "active, of a confirmed visit, from an hour before it begins (a hurried one: from then) until 24 hours after",
    ),
    complete: visitDoctor("active or not, of a visit that was started, from when it begins"),
    markNoShow: visitDoctor(
      "active, of a confirmed visit, from 15 minutes until 24 hours after it begins; not of a suspended patient",
    ),
    cancel: {
      allowed: ["patient", "successor", "delegate", "doctor"],
      condition:
        "a request, or a confirmed visit (patient: before it begins), the one he has seen; a delegate with a mandate to book",
    },
    expire: { allowed: ["anybody"], condition: "a visit that nobody ended in time" },
    withdraw: patient("what was credited to the account, to any address"),
    onSuccession: onlyDirectory,
  },
  Prescriptions: {
    issue: { allowed: ["doctor"], condition: "with a grant to add to the category medication now; never to himself" },
    dispense: {
      allowed: ["pharmacist"],
      condition: "with the capability of the order's dispense key for exactly this dispensing",
    },
    cancel: { allowed: ["doctor"], condition: "who prescribed it, active or not" },
    cancelBySig: sponsor("whoever has the order's dispense key"),
  },
  AccessLog: {
    publishReceipts: { allowed: ["anybody"], condition: "under its own account, as a store" },
  },
};
