import { StandingPage } from "../features/session/StandingPage.tsx";

/** Where the pharmacist works. */
export default function PharmacistStandingRoute() {
  return <StandingPage role="pharmacist" />;
}
