import { entryFile, sequenceOf, type AnchoredEntry } from "@chartkey/sdk";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { StatusBadge, type StatusTone } from "../../components/StatusBadge.tsx";
import { errorCode } from "../../lib/errors/code.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";

/** What a store's answer comes to; anything else means that it did not answer. */
const answers: Readonly<Record<string, readonly [StatusTone, string]>> = {
  STORE_WRONG_BYTES: ["bad", "rehash.other"],
  STORE_TOO_LARGE: ["bad", "rehash.other"],
  STORE_DAMAGED: ["bad", "rehash.damaged"],
  STORE_NOT_FOUND: ["wait", "rehash.missing"],
  STORE_REFUSED: ["wait", "rehash.refused"],
  STORE_FORBIDDEN: ["wait", "rehash.withheld"],
  STORE_UNAUTHORIZED: ["wait", "rehash.withheld"],
};

/** Fetches, as the connected account, the ciphertext of an entry from the configured store, hashes it here and says how it compares with the chain. */
export function RehashButton({ entry }: { readonly entry: AnchoredEntry }) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const session = useSession();
  const { codec, payload: digest } = entry;
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: async () => {
      // The client of the store hashes what it is given, and hands over nothing else.
      return (await required(session).store.get({ codec, digest }, entryFile(entry))).length;
    },
  });
  const [tone, words] = answers[error ? errorCode(error).code : ""] ?? ["wait", "rehash.failed"];
  return (
    <span className="d-grid gap-1">
      <button type="button" className="btn btn-plain btn-sm ck-nowrap" onClick={() => mutate()} disabled={isPending}>
        {isPending ? t("rehash.running") : t("rehash.run")}
        <span className="visually-hidden">
          {" "}
          {t("rehash.which", { number: sequenceOf(entry.recordId).toLocaleString(locale) })}
        </span>
      </button>
      <span role="status">
        {!isPending && data !== undefined && (
          <StatusBadge tone="ok">{t("rehash.matches", { size: data.toLocaleString(locale) })}</StatusBadge>
        )}
        {!isPending && error && <StatusBadge tone={tone}>{t(words)}</StatusBadge>}
      </span>
    </span>
  );
}
