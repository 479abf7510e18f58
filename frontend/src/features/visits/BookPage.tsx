import { useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { BackLink } from "../../components/BackLink.tsx";
import { DoctorField } from "../../components/DoctorField.tsx";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { TextAreaField } from "../../components/fields/TextAreaField.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { doctorValue, useDoctors } from "../../lib/hospitals/useDoctors.ts";
import { useStandings } from "../../lib/roles/useRoles.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { BookAction } from "./BookAction.tsx";
import { SlotPicker } from "./SlotPicker.tsx";
import { questions, type Answers } from "./symptoms.ts";
import { useFreeSlots } from "./useFreeSlots.ts";

interface Values extends Answers {
  readonly doctor: string;
}

const empty: Values = { doctor: "", trouble: "", since: "", tried: "" };

/** Books a visit: doctor, time, what it is about, one signature. */
export default function BookPage() {
  const { t } = useTranslation("visits");
  const navigate = useNavigate();
  const { data: standings = [] } = useStandings();
  const { data: doctors, error } = useDoctors();
  const own = standings.filter(({ role, status }) => role === "patient" && status === "active");
  const offered = doctors?.filter(({ hospital }) => own.some((standing) => standing.hospital?.id === hospital));
  const form = useForm<Values>({ defaultValues: empty });
  const typed = useWatch({ control: form.control }) as Values;
  const { doctor: chosen, ...answers } = typed;
  const doctor = offered?.find((candidate) => doctorValue(candidate) === chosen);
  const free = useFreeSlots(doctor);
  const [picked, setPicked] = useState<number | null>(null);
  const held = Object.values(typed).some((value) => value.trim() !== "") ? { typed, picked } : null;
  const { restored, forget } = useDraft("visit", held, (before) => {
    form.reset(before.typed);
    setPicked(before.picked);
  });
  const clear = () => {
    form.reset(empty);
    setPicked(null);
  };
  // A time of another doctor, or one that was taken meanwhile, is no choice.
  const slot = free.data?.find(({ start }) => start === picked) ?? null;

  return (
    <Page title={t("book")} narrow ownHeading>
      <BackLink to="/patient/visits">{t("title")}</BackLink>
      <h1 tabIndex={-1}>{t("book")}</h1>
      {error && <ErrorNotice error={error} />}
      {!offered && !error && <Loading />}
      {offered?.length === 0 && (
        <EmptyState
          kind="noData"
          title={t("noDoctors.title")}
          text={t("noDoctors.text")}
          action={{ label: t("title"), to: "/patient/visits" }}
        />
      )}
      {offered && offered.length > 0 && (
        <FormProvider {...form}>
          <div className="ck-fields mt-4">
            <DraftNotice restored={restored} onClear={clear} />
            <DoctorField name="doctor" label={t("form.doctor")} doctors={offered} />
            {free.error && <ErrorNotice error={free.error} actions={{ retry: () => void free.refetch() }} />}
            {free.isLoading && <Loading what={t("form.searching")} />}
            {free.data?.length === 0 && <p className="ck-2 mb-0">{t("form.noSlots")}</p>}
            {free.data && free.data.length > 0 && (
              <SlotPicker slots={free.data} value={slot} onChange={({ start }) => setPicked(start)} />
            )}
            {questions.map(({ name, rows }) => (
              <TextAreaField
                key={name}
                name={name}
                rows={rows}
                label={t(`question.${name}`)}
                {...(name === "trouble" ? {} : { hint: t("form.optional") })}
              />
            ))}
            <BookAction
              doctor={doctor}
              slot={slot}
              answers={answers}
              onTaken={() => void free.refetch()}
              onBooked={() => {
                forget();
                clear();
                void navigate("/patient/visits", { state: "booked" });
              }}
            />
          </div>
        </FormProvider>
      )}
    </Page>
  );
}
