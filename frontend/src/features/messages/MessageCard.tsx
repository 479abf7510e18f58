import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName, HospitalName } from "../../components/AccountName.tsx";
import { IntegrityMark } from "../../components/IntegrityMark.tsx";
import { ItemMarks } from "../../components/ItemMarks.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { addresseesOf, letterOf, textsOf, type Letter, type Message } from "./lib/threads.ts";

interface MessageCardProps {
  readonly message: Message;
  readonly isNew: boolean;
  /** Where the entry is in the chart. */
  readonly entryPath: string;
}

/** One message: by whom, to whom, when, what it says, and whether the bytes are those on the chain. */
export function MessageCard({ message: { item, answersUnknown }, isNew, entryPath }: MessageCardProps) {
  const { t } = useTranslation(["messages", "chart"]);
  const letter = letterOf(item);
  return (
    <article>
      <header>
        <p className="ck-row-title d-flex flex-wrap column-gap-2">
          <AccountName account={item.author} />
          <Role item={item} />
          {isNew && (
            <StatusBadge tone="ink" icon="envelope">
              {t("new")}
            </StatusBadge>
          )}
        </p>
        {letter && <Addressees letter={letter} />}
        <p className="ck-meta d-flex flex-wrap column-gap-3">
          <Time seconds={item.time} />
          <IntegrityMark state={item.integrity} />
          <ItemMarks item={item} />
        </p>
      </header>
      {answersUnknown && <p className="ck-s ck-2 mt-2 mb-0">{t("answersUnknown")}</p>}
      {letter ? (
        textsOf(letter).map((text, index) => (
          <p key={index} className="ck-message mt-2">
            <bdi>{text}</bdi>
          </p>
        ))
      ) : (
        <p className="ck-2 mt-2 mb-0">
          {item.integrity === "verified"
            ? t("noMessage")
            : `${t(`chart:problem.${item.integrity}`)} ${t(`chart:problemMeans.${item.integrity}`)}`}
        </p>
      )}
      <p className="mt-2 mb-0">
        <Link className="ck-tap" to={entryPath}>
          {t(letter?.resourceType === "ServiceRequest" ? "openRequest" : "openEntry")}
        </Link>
      </p>
    </article>
  );
}

function Role({ item: { hospital } }: { readonly item: ChartItem }) {
  const { t } = useTranslation("messages");
  if (hospital === 0) return <span className="ck-2 fw-normal">{t("role.patient")}</span>;
  return (
    <span className="ck-2 fw-normal">
      {t("role.doctor")}
      {t("common:comma")}
      <HospitalName id={hospital} />
    </span>
  );
}

function Addressees({ letter }: { readonly letter: Letter }) {
  const { t } = useTranslation("messages");
  const people = addresseesOf(letter, useUnlockedSession()?.chain.id ?? 0);
  if (people.length === 0) return null;
  return (
    <p className="ck-meta">
      {t("to")}{" "}
      {people.map(({ account, name }, index) => (
        <span key={index}>
          {index > 0 && t("common:comma")}
          {account ? <AccountName account={account} /> : <bdi>{name}</bdi>}
        </span>
      ))}
    </p>
  );
}
