import {
  isSealedTo,
  publishSet,
  sequenceOfItem,
  type EmergencyCandidates,
  type OnPhase,
  type OwnSet,
  type SetTerms,
} from "@chartkey/sdk";
import { buildEmergencySet, type ReadEmergencySet } from "@chartkey/sdk/records";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { CheckField } from "../../components/fields/CheckField.tsx";
import { TextAreaField } from "../../components/fields/TextAreaField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { emergenciesKey } from "../../lib/patient/useEmergencies.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { HospitalChoice } from "./HospitalChoice.tsx";
import { ItemChoice } from "./ItemChoice.tsx";
import { toDetails, toValues, type DetailValues } from "./setValues.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

type Values = DetailValues & { renew: boolean };

export interface SetFormProps {
  readonly candidates: EmergencyCandidates;
  readonly hospitals: readonly ListedHospital[];
  /** The set in force. */
  readonly before: (OwnSet & { readonly content: ReadEmergencySet }) | null;
  readonly onDone: () => void;
}

/** What was chosen before stays chosen; what the chart got since is proposed, and a first set proposes all. */
function proposed({ items }: EmergencyCandidates, before: SetFormProps["before"]): ReadonlySet<string> {
  const known = new Set(before?.content.items.map(({ url }) => url));
  const isNew = (item: EmergencyCandidates["items"][number]) => sequenceOfItem(item) > (before?.asOf.sequence ?? 0);
  return new Set(items.filter((item) => known.has(item.url) || isNew(item)).map(({ url }) => url));
}

/** Chooses what the emergency set shows, and who may hand it over; one signature over the set, one transaction. */
export function SetForm({ candidates, hospitals, before, onDone }: SetFormProps) {
  const { t } = useTranslation("card");
  const session = useUnlockedSession();
  const client = useQueryClient();
  const [chosen, setChosen] = useState(() => proposed(candidates, before));
  const [may, setMay] = useState<readonly number[]>(() =>
    hospitals.filter(({ address }) => before && isSealedTo(before, address)).map(({ id }) => id),
  );
  const published: Values = { ...toValues(before?.content.details), renew: false };
  const form = useForm<Values>({ defaultValues: published });
  const typed = useWatch({ control: form.control }) as Values;
  const { renew } = typed;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, terms: SetTerms) => {
        const unlocked = required(session);
        await publishSet(unlocked, terms, onPhase);
        await client.invalidateQueries({ queryKey: emergenciesKey(unlocked.chain.id) });
      },
      [client, session],
    ),
  );
  const isChanged = JSON.stringify(typed) !== JSON.stringify(published);
  const { restored, forget } = useDraft("emergency set", isChanged ? typed : null, form.reset);
  async function publish() {
    const { renew: fresh, ...values } = form.getValues();
    const items = candidates.items.filter(({ url }) => chosen.has(url));
    const bundle = buildEmergencySet({ details: toDetails(values), items, date: new Date().toISOString() });
    const hospitalsWithKey = may.filter((id) => hospitals.some((each) => each.id === id && each.listing?.emergency));
    const terms = { bundle, asOf: candidates.asOf, hospitals: hospitalsWithKey, renew: fresh };
    if (!(await action.run(terms))) return;
    forget();
    onDone();
  }
  const field = (name: keyof DetailValues) => ({ name, label: t(`field.${name}`) });
  return (
    <FormProvider {...form}>
      <DraftNotice restored={restored} onClear={() => form.reset(published)} />
      <fieldset className="ck-fields" disabled={action.running}>
        <ItemChoice items={candidates.items} chosen={chosen} onChange={setChosen} />
        <h2 className="mt-3">{t("person")}</h2>
        <p className="ck-2 mb-0">{t("personHint")}</p>
        <TextField {...field("name")} hint={t("nameHint")} />
        <TextField {...field("birthDate")} type="date" />
        <TextField {...field("bloodGroup")} />
        <TextField {...field("contactName")} />
        <TextField {...field("phone")} type="tel" inputMode="tel" code />
        <TextAreaField {...field("note")} hint={t("noteHint")} />
        <HospitalChoice hospitals={hospitals} chosen={may} onChange={setMay} />
        {before && <CheckField name="renew" label={t("renew.label")} hint={t("renew.hint")} />}
      </fieldset>
      <div className="mt-4">
        <SignedAction
          sentence={t(renew ? "publish.renewing" : "publish.sentence", { count: chosen.size })}
          limit={t("publish.limit")}
          label={t("publish.sign")}
          state={action}
          onRun={() => void publish()}
          onReset={action.reset}
          phases={phases}
        />
      </div>
    </FormProvider>
  );
}
