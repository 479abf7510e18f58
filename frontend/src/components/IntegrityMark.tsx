import { useTranslation } from "react-i18next";
import type { Integrity } from "../lib/chart/items.ts";
import type { IconName } from "./icons.ts";
import { StatusBadge, type StatusTone } from "./StatusBadge.tsx";

const looks: Readonly<Record<Integrity, readonly [StatusTone, IconName]>> = {
  verified: ["ok", "checkCircle"],
  notDelivered: ["wait", "hourglassSplit"],
  damaged: ["bad", "fileEarmarkX"],
  altered: ["bad", "xCircle"],
  noAccess: ["plain", "lock"],
  unreachable: ["wait", "hourglassSplit"],
  withheld: ["bad", "slashCircle"],
  unusable: ["bad", "xCircle"],
  hidden: ["plain", "lock"],
  erased: ["plain", "dashCircle"],
};

/** How the bytes of an entry compare with the chain. `full` says it in a sentence. It is no judgement of what they say. */
export function IntegrityMark({ state, full = false }: { readonly state: Integrity; readonly full?: boolean }) {
  const { t } = useTranslation("records");
  const [tone, icon] = looks[state];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(`integrity.${state}.${full ? "full" : "word"}`)}
    </StatusBadge>
  );
}
