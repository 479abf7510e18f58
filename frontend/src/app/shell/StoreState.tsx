import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../../components/Notice.tsx";
import { currentFaults, forgetFaults, subscribeFaults } from "../../lib/session/faults.ts";

/** Stands under the header once a store of several did not take a file. */
export function StoreState() {
  const { t } = useTranslation();
  const stores = useSyncExternalStore(subscribeFaults, currentFaults);
  if (stores.length === 0) return null;
  return (
    <div className="ck-band">
      <Notice
        tone="warn"
        live="status"
        title={t("stores.lackTitle")}
        action={
          <button type="button" className="btn btn-plain btn-sm" onClick={forgetFaults}>
            {t("stores.dismiss")}
          </button>
        }
      >
        {t("stores.lackText", { stores: stores.join(", ") })}
      </Notice>
    </div>
  );
}
