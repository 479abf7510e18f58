import { StandingPage } from "../features/session/StandingPage.tsx";

/** The hospitals that the patient is enrolled in or asked to be. */
export default function PatientStandingRoute() {
  return <StandingPage role="patient" />;
}
