import {
  forgetAccessRequests,
  grantAccess,
  grantAsDelegate,
  fromScope,
  sameAddress,
  type OnPhase,
} from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useId, useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";
import type { Address } from "viem";
import { BackLink } from "../../components/BackLink.tsx";
import { CategoryPicker, type Scope } from "../../components/CategoryPicker.tsx";
import { DoctorField } from "../../components/DoctorField.tsx";
import { SelectField } from "../../components/fields/SelectField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { NamelessNotice } from "../../components/NamelessNotice.tsx";
import { Page } from "../../components/Page.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useActing, usePatientAccount } from "../../lib/acting/acting.ts";
import { useNameCheck } from "../../lib/chart/useNameCheck.ts";
import { doctorValue, useDoctors, type ListedDoctor } from "../../lib/hospitals/useDoctors.ts";
import { askedIn } from "../../lib/patient/asked.ts";
import { requestsKey } from "../../lib/patient/useAccessRequests.ts";
import { grantsKey } from "../../lib/patient/useGrants.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { required } from "../../lib/session/required.ts";
import { useSession, useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import type { Done } from "./done.ts";
import { GrantSentence } from "./GrantSentence.tsx";
import { expiryOf, noScope, terms, visitScope, type Term } from "../../lib/patient/terms.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

interface Values {
  readonly doctor: string;
  readonly term: Term;
  readonly own: string;
}

interface Draft {
  readonly typed: Values;
  readonly scope: Scope;
}

const empty: Values = { doctor: "", term: "week", own: "" };

/** Gives a doctor access: whom, what, until when, one sentence, one signature. */
export default function GrantPage() {
  const patient = usePatientAccount();
  // Of one patient: what is chosen for a chart is not left in the form of another.
  return <GrantForm key={patient} patient={patient} />;
}

function GrantForm({ patient }: { readonly patient: Address | undefined }) {
  const { t } = useTranslation("access");
  const id = useId();
  const session = useSession();
  const unlocked = useUnlockedSession();
  const asDelegate = useActing()?.as === "delegate";
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: doctors = [] } = useDoctors();
  const asked = askedIn(useLocation().state, patient);
  // The sentence shows an end that does not move while it is read.
  const [now] = useState(() => Math.floor(Date.now() / 1000));
  const [scope, setScope] = useState<Scope>(asked ?? noScope);
  const form = useForm<Values>({ defaultValues: empty });
  const { setValue } = form;
  const asking = doctors.find(
    ({ account, hospital }) => asked && hospital === (asked.hospital ?? hospital) && sameAddress(account, asked.doctor),
  );
  const first = asking && doctorValue(asking);
  useEffect(() => {
    if (first !== undefined) setValue("doctor", first);
  }, [first, setValue]);
  const typed = useWatch({ control: form.control }) as Values;
  const { doctor: chosen, term, own } = typed;
  const doctor = doctors.find((candidate) => doctorValue(candidate) === chosen);
  const expiry = expiryOf(term, own, now);
  const check = useNameCheck();
  // What was asked for, as long as nothing of it was changed, is there again whenever it is reviewed.
  const unchanged: Draft = { typed: { ...empty, doctor: first ?? "" }, scope: asked ?? noScope };
  const held: Draft = { typed, scope };
  const isChanged = JSON.stringify(held) !== JSON.stringify(unchanged);
  const { restored, forget } = useDraft("access", isChanged ? held : null, (before) => {
    form.reset(before.typed);
    setScope(before.scope);
  });
  const clear = () => {
    form.reset(unchanged.typed);
    setScope(unchanged.scope);
  };

  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, to: ListedDoctor, given: Scope, end: number) => {
        const acting = required(session);
        const { account: grantee, hospital } = to;
        const [read, write] = [fromScope(given.read), fromScope(given.write)];
        const granted = { grantee, hospital, read, write, expiry: end };
        if (asDelegate) await grantAsDelegate(acting, granted, onPhase);
        else await grantAccess(required(unlocked), granted, onPhase);
        await client.invalidateQueries({ queryKey: grantsKey(acting.chain.id) });
        if (asDelegate) return;
        // The access counts already: what a store does with the letter changes nothing.
        await forgetAccessRequests(acting, grantee).catch(() => undefined);
        await client.invalidateQueries({ queryKey: requestsKey(acting.chain.id) });
      },
      [asDelegate, client, session, unlocked],
    ),
  );
  async function give() {
    if (!patient || !doctor || expiry === null || !(await action.run(doctor, scope, expiry))) return;
    forget();
    void navigate("/patient/access", { state: { done: "given", grantee: doctor.account, patient } satisfies Done });
  }
  const blocked = !doctor
    ? t("missing.doctor")
    : (scope.read | scope.write) === 0
      ? t("missing.scope")
      : expiry === null
        ? t("missing.end")
        : check.blocked && t(`common:nameless.blocked.${check.blocked}`);

  return (
    <Page title={t("give")} narrow ownHeading>
      <BackLink to="/patient/access">{t("title")}</BackLink>
      <h1 tabIndex={-1}>{t("grant.title")}</h1>
      <FormProvider {...form}>
        <div className="mt-4">
          <DraftNotice restored={restored} onClear={clear} />
        </div>
        <fieldset className="ck-fields mt-4" disabled={action.running}>
          {/* A select takes the doctor of a draft only when it has him: it is made anew when they are known. */}
          <DoctorField key={doctors.length} name="doctor" label={t("grant.doctor")} doctors={doctors} />
          <div>
            <div className="ck-actions">
              <button
                type="button"
                className="btn btn-plain btn-sm"
                aria-describedby={`${id}-visit`}
                onClick={() => setScope(visitScope)}
              >
                {t("grant.forVisit")}
              </button>
              <button type="button" className="btn btn-quiet btn-sm" onClick={() => setScope(noScope)}>
                {t("grant.none")}
              </button>
            </div>
            <p className="form-text mb-3" id={`${id}-visit`}>
              {t("grant.forVisitText")}
            </p>
            <CategoryPicker legend={t("grant.scope")} value={scope} onChange={setScope} />
          </div>
          <SelectField
            name="term"
            label={t("grant.until")}
            options={terms.map((value) => ({ value, label: t(`term.${value}`) }))}
          />
          {term === "own" && (
            <TextField name="own" type="datetime-local" label={t("grant.own")} hint={t("grant.ownHint")} />
          )}
        </fieldset>
        <div className="d-grid gap-4 mt-4">
          <NamelessNotice check={check} form="/patient/access/new" />
          <SignedAction
            sentence={
              doctor && expiry !== null && (scope.read | scope.write) !== 0 ? (
                <GrantSentence forOther={asDelegate} doctor={doctor} scope={scope} expiry={expiry} />
              ) : null
            }
            limit={t(asDelegate ? "grant.delegateLimit" : "grant.limit")}
            label={t("grant.action")}
            state={action}
            onRun={() => void give()}
            onReset={action.reset}
            phases={phases}
            blocked={blocked}
          >
            <Link className="btn btn-quiet" to="/patient/access">
              {t("cancel")}
            </Link>
          </SignedAction>
        </div>
      </FormProvider>
    </Page>
  );
}
