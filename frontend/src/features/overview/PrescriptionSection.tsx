import { orderState } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Loading } from "../../components/Loading.tsx";
import { OrderStateBadge } from "../../components/OrderStateBadge.tsx";
import { Title } from "../../components/Title.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { usePatientOrders } from "../../lib/patient/useOrders.ts";
import { Nothing, Section } from "./Section.tsx";

const SHOWN = 4;

/** The medicines that may still be handed out. */
export function PrescriptionSection({ items }: { readonly items: readonly ChartItem[] | undefined }) {
  const { t } = useTranslation("overview");
  const { data: orders } = usePatientOrders();
  const now = useNow();
  const valid = orders?.filter((order) => orderState(order, now) === "valid");
  const medicines = items?.filter(({ recordId, part, summary }) =>
    summary ? valid?.some(({ id, remaining }) => id === recordId && (remaining[part] ?? 0) > 0) : false,
  );
  // Of an order that does not open, the chain still says that it waits.
  const unopened = valid?.some(({ id }) =>
    items?.some(({ recordId, integrity }) => recordId === id && integrity !== "verified"),
  );
  return (
    <Section title={t("prescriptions")} more={{ to: "/patient/prescriptions", label: t("allPrescriptions") }}>
      {!(valid && medicines) && <Loading />}
      {valid && medicines?.length === 0 && (
        <Nothing>{t(unopened ? "unopenedPrescriptions" : "noPrescriptions")}</Nothing>
      )}
      {valid && medicines && medicines.length > 0 && (
        <ul className="ck-list">
          {medicines.slice(0, SHOWN).map(({ key, resource, summary }) => (
            <li key={key} className="ck-wrap">
              <div className="ck-grow">
                <p className="ck-row-title">
                  <Link to={`/patient/chart/${key}`}>
                    <Title resource={resource}>{summary?.title ?? ""}</Title>
                  </Link>
                </p>
                <p className="ck-meta">
                  <bdi>{summary?.subtitle}</bdi>
                </p>
              </div>
              <div className="ck-end">
                <OrderStateBadge state="valid" />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
