import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon.tsx";
import { Menu } from "../../components/Menu.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";

/** What a patient can do with a record after it was written. */
export type RecordAct = "hide" | "show" | "share" | "erase";

/** What can be done with an entry as it stands. What no store gives now can still be erased. */
function actsOf({ integrity, withheldSince }: ChartItem): RecordAct[] {
  if (integrity !== "verified") return ["erase"];
  return [withheldSince === undefined ? "hide" : "show", "share", "erase"];
}

interface RecordMenuProps {
  readonly item: ChartItem;
  readonly onChoose: (act: RecordAct) => void;
}

/** What the patient may do with an entry of his chart. */
export function RecordMenu({ item, onChoose }: RecordMenuProps) {
  const { t } = useTranslation("control");
  const button = (
    <>
      {t("menu")} <Icon name="chevronExpand" />
    </>
  );
  return (
    <Menu button={button} className="btn btn-plain btn-sm">
      <ul className="ck-menu-list">
        {actsOf(item).map((act) => (
          <li key={act}>
            <button type="button" className="dropdown-item" onClick={() => onChoose(act)}>
              {t(item.integrity === "erased" ? "erase.again" : `${act}.menu`)}
            </button>
          </li>
        ))}
      </ul>
    </Menu>
  );
}
