import { MembersPage } from "./MembersPage.tsx";

/** All patients of the hospital. */
export default function PatientsPage() {
  return <MembersPage kind="patients" />;
}
