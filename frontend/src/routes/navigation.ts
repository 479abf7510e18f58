import type { IconName } from "../components/icons.ts";
import type { Role } from "../lib/roles/roles.ts";

/** What a place may have that is new: messages, or readers of the chart. */
export type Counted = "messages" | "readers";

/** One place in the main navigation; `label` is a key of `common:nav`. */
export interface NavItem {
  readonly to: string;
  readonly label: string;
  readonly icon: IconName;
  /** Current only at exactly this path. */
  readonly end?: boolean;
  /** Says how many of these are new. */
  readonly counts?: Counted;
  /** Under "More" in the bar of narrow screens, which has room for five. */
  readonly more?: boolean;
}

const check: NavItem = { to: "/audit", label: "check", icon: "journalCheck" };

/** Where each role's own pages begin. */
export const homeOf: Readonly<Record<Role, string>> = {
  patient: "/patient",
  doctor: "/doctor",
  pharmacist: "/pharmacist",
  hospital: "/hospital",
  registrar: "/registrar",
};

/** The main navigation of each role. */
export const roleNavigation: Readonly<Record<Role, readonly NavItem[]>> = {
  patient: [
    { to: homeOf.patient, label: "overview", icon: "house", end: true },
    { to: "/patient/chart", label: "chart", icon: "clipboardPulse" },
    { to: "/patient/visits", label: "visits", icon: "calendarCheck" },
    { to: "/patient/prescriptions", label: "prescriptions", icon: "capsule" },
    { to: "/patient/messages", label: "messages", icon: "envelope", counts: "messages", more: true },
    { to: "/patient/access", label: "access", icon: "key", counts: "readers", more: true },
  ],
  doctor: [
    { to: homeOf.doctor, label: "today", icon: "clipboardPulse", end: true },
    { to: "/doctor/patients", label: "patients", icon: "personHearts" },
    { to: "/doctor/messages", label: "messages", icon: "envelope", counts: "messages" },
    { to: "/doctor/hours", label: "hours", icon: "hourglassSplit" },
    check,
  ],
  pharmacist: [
    { to: homeOf.pharmacist, label: "dispense", icon: "capsule", end: true },
    { to: "/pharmacist/today", label: "doneToday", icon: "check2All" },
    { to: "/pharmacist/standing", label: "standing", icon: "hospital" },
    check,
  ],
  hospital: [
    { to: homeOf.hospital, label: "overview", icon: "house", end: true },
    { to: "/hospital/staff", label: "staff", icon: "clipboardPulse" },
    { to: "/hospital/patients", label: "patients", icon: "personHearts" },
    { to: "/hospital/invite", label: "invite", icon: "personPlus" },
    check,
  ],
  registrar: [{ to: homeOf.registrar, label: "hospitals", icon: "hospital", end: true }, check],
};

/** For a delegate while he acts for a patient: nothing that would take the patient's key. */
export const delegateNavigation: readonly NavItem[] = [
  { to: homeOf.patient, label: "mandate", icon: "house", end: true },
  { to: "/patient/visits", label: "visits", icon: "calendarCheck" },
  { to: "/patient/access", label: "access", icon: "key" },
];

/** For those without a wallet or a role. */
export const visitorNavigation: readonly NavItem[] = [
  { to: "/", label: "home", icon: "house", end: true },
  { to: "/verify", label: "verify", icon: "qrCodeScan" },
  check,
];
