import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { MemberTable } from "./MemberTable.tsx";
import { OwnHospital } from "./OwnHospital.tsx";
import { useNamedMembers } from "./queries.ts";

interface MembersPageProps {
  readonly kind: "staff" | "patients";
}

/** All staff or all patients of the hospital. */
export function MembersPage({ kind }: MembersPageProps) {
  return <OwnHospital>{(hospital) => <Members kind={kind} hospital={hospital} />}</OwnHospital>;
}

function Members({ kind, hospital }: MembersPageProps & { readonly hospital: ListedHospital }) {
  const { t } = useTranslation("hospital");
  // Who looks at staff invites staff, most often doctors.
  const invite = kind === "staff" ? "/hospital/invite?role=doctor" : "/hospital/invite";
  const { members, error, refetch } = useNamedMembers(hospital);
  const ofKind = members?.filter(({ role }) => (role === "patient") === (kind === "patients") && role !== "none");
  return (
    <Page
      title={hospital.listing?.name ?? t("common:standing.hospital", { id: hospital.id })}
      actions={
        // Without anybody, the list itself says what to do.
        ofKind !== undefined &&
        ofKind.length > 0 && (
          <div className="ck-actions">
            <Link className="btn btn-primary" to={invite}>
              {t("invite.link")}
            </Link>
          </div>
        )
      }
    >
      <div className="mt-5">
        {error && !ofKind && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
        {!ofKind && !error && <Loading />}
        {ofKind && (
          <MemberTable
            hospital={hospital}
            kind={kind}
            members={ofKind}
            empty={{ label: t("invite.link"), to: invite, primary: true }}
          />
        )}
      </div>
    </Page>
  );
}
