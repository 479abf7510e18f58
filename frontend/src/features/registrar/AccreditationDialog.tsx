import { setAccreditation } from "@chartkey/sdk";
import { Trans, useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { shortened } from "../../lib/format/shortened.ts";
import { useRefreshHospitals, type ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { PublicProfile } from "./PublicProfile.tsx";

const phases = ["confirming", "mining"] as const;

interface AccreditationDialogProps {
  readonly hospital: ListedHospital;
  readonly onClose: () => void;
}

/** Shows the public profile of a hospital, and accredits it or suspends an accredited one. */
export function AccreditationDialog({ hospital, onClose }: AccreditationDialogProps) {
  const { t } = useTranslation("registrar");
  const session = useSession();
  const refresh = useRefreshHospitals();
  const { id, address, accreditation, listing } = hospital;
  const suspends = accreditation === "accredited";
  const verb = suspends ? "suspend" : "accredit";
  const { run, reset, ...state } = useAction(async (onPhase) => {
    await setAccreditation(required(session), hospital, suspends ? "suspended" : "accredited", onPhase);
    await refresh();
    onClose();
  });
  const name = listing ? shortened(listing.name) : t("common:standing.hospital", { id });
  return (
    <Dialog title={name} onClose={onClose} {...(state.running ? { closeLabel: t("keepsRunning") } : {})}>
      <div className="ck-fields">
        <dl className="ck-def">
          <dt>{t("number")}</dt>
          <dd>{id}</dd>
          <dt>{t("contract")}</dt>
          <dd>
            <Address value={address} to={`/audit/address/${address}`} full />
            <p className="form-text mt-1 mb-0">{t("compare")}</p>
          </dd>
        </dl>
        <PublicProfile profile={listing} />
        <SignedAction
          sentence={
            <Trans
              t={t}
              i18nKey={`${verb}.sentence`}
              values={{ name, id, address: shortHex(address) }}
              components={{ b: <strong />, a: <bdi className="ck-mono ck-nowrap" dir="ltr" /> }}
            />
          }
          limit={t(`${verb}.limit`)}
          label={t(`${verb}.sign`)}
          stop={suspends}
          phases={phases}
          state={state}
          onRun={() => void run()}
          onReset={reset}
          // What cannot be read cannot be vouched for; suspending needs no reading.
          blocked={!listing && !suspends ? t("noProfile") : undefined}
        />
      </div>
    </Dialog>
  );
}
