import { proseOf } from "@chartkey/sdk/records";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ShownRecords, ShownResource } from "../../lib/cards/content.ts";
import { Narrative } from "../Narrative.tsx";
import { ResourceLine } from "../ResourceLine.tsx";
import { SummaryView } from "../SummaryView.tsx";

interface ResourcesProps {
  readonly shown: ShownRecords;
  /** What stands below a resource. */
  readonly below?: (resource: ShownResource["resource"]) => ReactNode;
}

/** Records by category, and how many are not shown. */
export function Resources({ shown: { resources, unusable, rest }, below }: ResourcesProps) {
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
                <ResourceRow key={place} shown={each} below={below?.(each.resource)} />
              ))}
          </ul>
        </section>
      ))}
      {unusable > 0 && <p className="ck-2 mt-3">{t("unusable", { count: unusable })}</p>}
      {rest > 0 && <p className="ck-2 mt-3">{t("rest", { count: rest })}</p>}
    </>
  );
}

interface ResourceRowProps {
  readonly shown: ShownResource;
  readonly below: ReactNode;
}

function ResourceRow({ shown: { resource, summary }, below }: ResourceRowProps) {
  return (
    <li>
      <details className="ck-grow ck-raw">
        <summary>
          <ResourceLine resource={resource} summary={summary} className="ck-strong" />
        </summary>
        <div className="ck-stack mt-3">
          <SummaryView summary={summary} />
          <Narrative prose={proseOf(resource)} />
          {below}
        </div>
      </details>
    </li>
  );
}
