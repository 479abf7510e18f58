import { readDelegateActs, readMandates, type MandateAction } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { actingKey } from "../../lib/acting/useTies.ts";
import { formatList } from "../../lib/format/list.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { required } from "../../lib/session/required.ts";
import { useReadSession } from "../../lib/session/session.ts";

/** Mandates that the patient gave and did not take back, and what was done under them with his consent. */
export function useMandates() {
  const session = useReadSession();
  const patient = usePatientAccount();
  return useQuery({
    queryKey: [...actingKey(session?.chain.id ?? 0), "mandates", patient ?? null],
    queryFn: async () => {
      const { chain } = required(session);
      if (!patient) throw new Error("no account");
      const [mandates, acts] = await Promise.all([readMandates(chain, { patient }), readDelegateActs(chain, patient)]);
      return { mandates, acts };
    },
    enabled: session !== null && patient !== undefined,
  });
}

/** What a mandate lets somebody do, in words: "give access, end access and book visits". */
export function useActionWords(): (actions: readonly MandateAction[]) => string {
  const { t } = useTranslation("delegates");
  const locale = useLocale();
  return (actions) =>
    formatList(
      actions.map((action) => t(`action.${action}`)),
      locale,
    );
}
