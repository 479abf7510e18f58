import { accountOf, publishRecord, utf8, type OnPhase } from "@chartkey/sdk";
import { canonicalJson, type Actor, type Category } from "@chartkey/sdk/records";
import { useForm, useWatch, type DefaultValues } from "react-hook-form";
import { useNavigate } from "react-router";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { useOwnActor } from "../../lib/chart/useOwnActor.ts";
import { isKept } from "../../lib/errors/kept.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { useWritingSession } from "../../lib/session/outbox.ts";
import { required } from "../../lib/session/required.ts";
import { useAction } from "../../lib/session/useAction.ts";

interface Words {
  title: string;
  text: string;
}

interface OwnEntry<Values extends Words> {
  /** Name of the draft. */
  readonly form: string;
  readonly category: Category;
  readonly empty: Values;
  /** The FHIR resource of what was written; undefined while that cannot be said. */
  readonly build: (
    written: { patient: Actor; author: Actor; date: string },
    values: Values,
    chainId: number,
  ) => unknown;
  /** Where the entry is found then; its category in the chart when absent. */
  readonly done?: string;
}

/** The form of an entry that a patient writes into his own chart, its draft, and the action that signs it. */
export function useOwnEntry<Values extends Words>({ form: name, category, empty, build, done }: OwnEntry<Values>) {
  const session = useWritingSession();
  const actor = useOwnActor();
  const refresh = useRefreshChart();
  const navigate = useNavigate();
  const form = useForm<Values>({ defaultValues: empty as DefaultValues<Values> });
  const typed = useWatch({ control: form.control }) as Values;
  const action = useAction(async (onPhase: OnPhase, resource: unknown) => {
    const unlocked = required(session);
    const draft = { category, meta: { contentType: "application/fhir+json" }, data: utf8(canonicalJson(resource)) };
    await publishRecord(unlocked, accountOf(unlocked), draft, onPhase);
    await refresh();
  });
  const filledIn = typed.title.trim() !== "" || typed.text.trim() !== "";
  const { restored, forget } = useDraft(name, filledIn ? typed : null, form.reset, action);
  const sign = form.handleSubmit(async (values) => {
    const written = { patient: actor, author: actor, date: new Date().toISOString() };
    const resource = build(written, values, session?.chain.id ?? 0);
    if (resource === undefined || !(await action.run(resource))) return;
    forget();
    await navigate(done ?? `/patient/chart?category=${category}`);
  });
  return {
    form,
    typed,
    action,
    sign,
    restored,
    clear: () => form.reset(empty),
    disabled: action.running || isKept(action.error),
  };
}

/** A rule: something is written. */
export const filled = (missing: string) => ({ validate: (value: string) => value.trim() !== "" || missing });
