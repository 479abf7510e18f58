import type { RouteObject } from "react-router";

/** A page that is fetched when it is first opened. */
function page(load: () => Promise<{ readonly default: React.ComponentType }>) {
  return { lazy: async () => ({ Component: (await load()).default }) };
}

/** For everybody, with or without a wallet. */
export const publicRoutes: RouteObject[] = [
  { index: true, ...page(() => import("../features/home/HomePage.tsx")) },
  { path: "protection", ...page(() => import("../features/protection/ProtectionPage.tsx")) },
  {
    path: "audit",
    children: [
      { index: true, ...page(() => import("../features/audit/BlocksPage.tsx")) },
      { path: "block/:id", ...page(() => import("../features/audit/BlockPage.tsx")) },
      { path: "tx/:hash", ...page(() => import("../features/audit/TransactionPage.tsx")) },
      { path: "address/:address", ...page(() => import("../features/audit/AddressPage.tsx")) },
    ],
  },
];

/** For accounts with a role; each is guarded by its layout. */
export const roleRoutes: RouteObject[] = [
  { path: "patient", ...page(() => import("./PatientRoutes.tsx")) },
  { path: "doctor", ...page(() => import("./DoctorRoutes.tsx")) },
  { path: "pharmacist", ...page(() => import("./PharmacistRoutes.tsx")) },
  { path: "hospital", ...page(() => import("./HospitalRoutes.tsx")) },
  { path: "registrar", ...page(() => import("./RegistrarRoutes.tsx")) },
];
