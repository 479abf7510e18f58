import { connectChain } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { useChartkeyChain } from "../../lib/chain/useChartkeyChain.ts";
import { errorCode } from "../../lib/errors/code.ts";

/** A node that does not answer is said by the footer, and by each page that asked it. */
const TOLD_ELSEWHERE = new Set(["CHAIN_UNREACHABLE", "CHAIN_FAILED", "CHAIN_TIMEOUT"]);
/** What a chain that was begun anew looks like. */
const OTHER_HISTORY = new Set(["CHAIN_STALE", "CHAIN_REWRITTEN"]);

/** Stands under the header when the node is not to be believed: checked once a page, and by every ledger that is read. */
export default function NodeState() {
  const { t } = useTranslation();
  const chain = useChartkeyChain();
  const { error, refetch } = useQuery({
    queryKey: ["node", chain?.id ?? 0, "check"],
    queryFn: async () => {
      if (!chain) throw new Error("no chain");
      const { client, heads, witness } = chain;
      return (await connectChain(client, { ...(heads ? { heads } : {}), witness })).id;
    },
    enabled: chain !== null,
    retry: false,
  });
  if (!chain || !error) return null;
  const { code } = errorCode(error);
  if (TOLD_ELSEWHERE.has(code)) return null;
  return (
    <div className="ck-band d-grid gap-2">
      <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />
      {OTHER_HISTORY.has(code) && (
        <button
          type="button"
          className="btn btn-quiet btn-sm me-auto"
          onClick={() => void chain.heads?.forget(chain.id).then(() => refetch())}
        >
          {t("network.begunAnew")}
        </button>
      )}
    </div>
  );
}
