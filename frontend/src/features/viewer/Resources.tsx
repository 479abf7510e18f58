import { proseOf } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { Attachments } from "../../components/files/Attachments.tsx";
import { Narrative } from "../../components/Narrative.tsx";
import { ResourceLine } from "../../components/ResourceLine.tsx";
import { SummaryView } from "../../components/SummaryView.tsx";
import type { ShownRecords, ShownResource } from "./content.ts";

/** Records by category, and how many are not shown. */
export function Resources({ shown: { resources, unusable, rest } }: { readonly shown: ShownRecords }) {
  const { t } = useTranslation("viewer");
  const categories = [...new Set(resources.map(({ category }) => category))];
  return (
    <>
      <p className="ck-2">{t("count", { count: resources.length })}</p>
      {categories.map((category) => (
        <section key={category} className="mt-4">
          <h3 className="mb-2">{t(`common:category.${category}`)}</h3>
          <ul className="ck-list">
            {resources
              .filter((each) => each.category === category)
              .map((each, place) => (
                <ResourceRow key={place} shown={each} />
              ))}
          </ul>
        </section>
      ))}
      {unusable > 0 && <p className="ck-2 mt-3">{t("unusable", { count: unusable })}</p>}
      {rest > 0 && <p className="ck-2 mt-3">{t("rest", { count: rest })}</p>}
    </>
  );
}

function ResourceRow({ shown: { resource, summary } }: { readonly shown: ShownResource }) {
  const { t } = useTranslation("viewer");
  return (
    <li>
      <details className="ck-grow ck-raw">
        <summary>
          <ResourceLine resource={resource} summary={summary} className="ck-strong" />
        </summary>
        <div className="ck-stack mt-3">
          <SummaryView summary={summary} />
          <Narrative prose={proseOf(resource)} />
          <Attachments resource={resource} saved={t("saved")} />
        </div>
      </details>
    </li>
  );
}
