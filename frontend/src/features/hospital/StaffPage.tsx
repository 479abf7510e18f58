import { MembersPage } from "./MembersPage.tsx";

/** All staff of the hospital. */
export default function StaffPage() {
  return <MembersPage kind="staff" />;
}
