import { lazy } from "react";
import type { RouteObject } from "react-router";

/** A page that is fetched when it is first opened. */
function page(load: () => Promise<{ readonly default: React.ComponentType }>) {
  return { Component: lazy(load) };
}

/** For everybody, with or without a wallet. */
export const publicRoutes: RouteObject[] = [
  { index: true, ...page(() => import("../features/home/HomePage.tsx")) },
  { path: "claim", ...page(() => import("../features/claim/ClaimPage.tsx")) },
  { path: "card", ...page(() => import("../features/emergency/OpenCardPage.tsx")) },
  { path: "verify", ...page(() => import("../features/verify/VerifyPage.tsx")) },
  { path: "protection", ...page(() => import("../features/protection/ProtectionPage.tsx")) },
  {
    path: "audit",
    ...page(() => import("../features/audit/AuditLayout.tsx")),
    children: [
      { index: true, ...page(() => import("../features/audit/BlocksPage.tsx")) },
      { path: "block/:id", ...page(() => import("../features/audit/BlockPage.tsx")) },
      { path: "tx/:hash", ...page(() => import("../features/audit/TransactionPage.tsx")) },
      { path: "address/:address", ...page(() => import("../features/audit/AddressPage.tsx")) },
      { path: "contract/:address", ...page(() => import("../features/audit/ContractPage.tsx")) },
      { path: "ledgers", ...page(() => import("../features/audit/LedgersPage.tsx")) },
      { path: "ledger/:address", ...page(() => import("../features/audit/LedgerPage.tsx")) },
      { path: "statistics", ...page(() => import("../features/audit/StatisticsPage.tsx")) },
      { path: "check", ...page(() => import("../features/audit/CheckFilePage.tsx")) },
    ],
  },
];

/** For accounts with a role; each is guarded by its layout. */
export const roleRoutes: RouteObject[] = [
  {
    path: "patient",
    ...page(() => import("./PatientRoutes.tsx")),
    children: [
      { index: true, ...page(() => import("../features/overview/OverviewPage.tsx")) },
      { path: "chart", ...page(() => import("../features/chart/PatientChartPage.tsx")) },
      { path: "chart/:key", ...page(() => import("../features/chart/PatientEntryPage.tsx")) },
      { path: "add", ...page(() => import("../features/entries/AddPage.tsx")) },
      { path: "messages", ...page(() => import("../features/messages/PatientMessagesPage.tsx")) },
      { path: "messages/:key", ...page(() => import("../features/messages/PatientConversationPage.tsx")) },
      { path: "take-out", ...page(() => import("../features/takeout/TakeoutPage.tsx")) },
      { path: "links", ...page(() => import("../features/links/LinksPage.tsx")) },
      { path: "prepared", ...page(() => import("../features/staged/StagedPage.tsx")) },
      { path: "visits", ...page(() => import("../features/visits/VisitsPage.tsx")) },
      { path: "visits/new", ...page(() => import("../features/visits/BookPage.tsx")) },
      { path: "prescriptions", ...page(() => import("../features/prescriptions/PrescriptionsPage.tsx")) },
      { path: "prescriptions/:id", ...page(() => import("../features/prescriptions/PrescriptionPage.tsx")) },
      { path: "access", ...page(() => import("../features/access/AccessPage.tsx")) },
      { path: "access/new", ...page(() => import("../features/access/GrantPage.tsx")) },
      { path: "access/deliveries", ...page(() => import("../features/access/DeliveriesPage.tsx")) },
      { path: "profile", ...page(() => import("../features/profile/ProfilePage.tsx")) },
      { path: "hospitals", ...page(() => import("./PatientStandingRoute.tsx")) },
      { path: "people", ...page(() => import("../features/delegates/PeoplePage.tsx")) },
      { path: "people/new", ...page(() => import("../features/delegates/AppointPage.tsx")) },
      { path: "successor", ...page(() => import("../features/succession/SuccessionPage.tsx")) },
      { path: "emergency-card", ...page(() => import("../features/emergency/CardPage.tsx")) },
      { path: "emergencies", ...page(() => import("../features/emergency/EmergenciesPage.tsx")) },
    ],
  },
  {
    path: "doctor",
    ...page(() => import("./DoctorRoutes.tsx")),
    children: [
      { index: true, ...page(() => import("../features/doctor/DayPage.tsx")) },
      { path: "week", ...page(() => import("../features/doctor/WeekPage.tsx")) },
      { path: "hours", ...page(() => import("../features/doctor/HoursPage.tsx")) },
      { path: "patients", ...page(() => import("../features/doctor/PatientsPage.tsx")) },
      { path: "messages", ...page(() => import("./DoctorInboxRoute.tsx")) },
      { path: "emergency", ...page(() => import("../features/emergency/OpenPage.tsx")) },
      { path: "patients/:address", ...page(() => import("./DoctorChartRoute.tsx")) },
      { path: "patients/:address/entry/:key", ...page(() => import("./DoctorEntryRoute.tsx")) },
      { path: "patients/:address/messages", ...page(() => import("./DoctorMessagesRoute.tsx")) },
      { path: "patients/:address/messages/:key", ...page(() => import("./DoctorConversationRoute.tsx")) },
      { path: "patients/:address/prescribe", ...page(() => import("../features/doctor/PrescribePage.tsx")) },
      { path: "patients/:address/prescriptions/:id", ...page(() => import("../features/doctor/PrescriptionPage.tsx")) },
      { path: "patients/:address/write/:kind", ...page(() => import("../features/doctor/WritePage.tsx")) },
    ],
  },
  {
    path: "pharmacist",
    ...page(() => import("./PharmacistRoutes.tsx")),
    children: [
      { index: true, ...page(() => import("../features/pharmacist/DispensePage.tsx")) },
      { path: "today", ...page(() => import("../features/pharmacist/TodayPage.tsx")) },
      { path: "standing", ...page(() => import("./PharmacistStandingRoute.tsx")) },
    ],
  },
  { path: "hospital/new", ...page(() => import("./NewHospitalRoute.tsx")) },
  {
    path: "hospital",
    ...page(() => import("./HospitalRoutes.tsx")),
    children: [
      { index: true, ...page(() => import("../features/hospital/OverviewPage.tsx")) },
      { path: "staff", ...page(() => import("../features/hospital/StaffPage.tsx")) },
      { path: "patients", ...page(() => import("../features/hospital/PatientsPage.tsx")) },
      { path: "invite", ...page(() => import("../features/hospital/InvitePage.tsx")) },
      { path: "invite/list", ...page(() => import("../features/hospital/ListPage.tsx")) },
      { path: "reviewers", ...page(() => import("./ReviewersRoute.tsx")) },
    ],
  },
  { path: "shared", ...page(() => import("./SharedRoute.tsx")) },
  { path: "waiting", ...page(() => import("./WaitingRoute.tsx")) },
  { path: "transactions", ...page(() => import("./TransactionsRoute.tsx")) },
  { path: "key", ...page(() => import("./KeyRoute.tsx")) },
  { path: "key/renew", ...page(() => import("./RenewRoute.tsx")) },
  { path: "successor", ...page(() => import("./TakeOverRoute.tsx")) },
  { path: "review", ...page(() => import("./ReviewRoute.tsx")) },
  { path: "registrar", ...page(() => import("./RegistrarRoutes.tsx")) },
];
