import { orderReferenceText, sameAddress, type Order } from "@chartkey/sdk";
import type { OrderContent, OrderedMedicine } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { shortHex } from "../lib/format/address.ts";
import { formatFhirDate } from "../lib/format/fhirDate.ts";
import { useLocale } from "../lib/i18n/useLocale.ts";
import { useHospital } from "../lib/hospitals/useHospitals.ts";
import { useReadSession } from "../lib/session/session.ts";
import { EndTime } from "./EndTime.tsx";
import { QrCode } from "./QrCode.tsx";
import { Time } from "./Time.tsx";

export interface PrescriptionPaperProps {
  readonly order: Order;
  readonly content: OrderContent;
  readonly patient: { readonly name: string; readonly birthDate?: string };
  /** Unix seconds at which it was signed. */
  readonly time: number;
}

/**
 * A prescription on A5, with what Directive 2012/52/EU asks for: patient, prescriber, medicines, date, and as the signature the proof on
 * the chain. The code on it verifies it and reveals nothing.
 */
export function PrescriptionPaper({ order, content, patient, time }: PrescriptionPaperProps) {
  const { t } = useTranslation(["paper", "specialities"]);
  const locale = useLocale();
  const session = useReadSession();
  const { data: hospital } = useHospital(order.hospital);
  const listing = hospital?.listing;
  const doctor = listing?.staff.find(({ account }) => sameAddress(account, order.prescriber));
  const link = session ? `${window.location.origin}/verify#${orderReferenceText(session, order.id)}` : null;
  return (
    <article className="ck-a5" aria-label={t("title")}>
      <div className="ck-top5">
        <div>
          <p className="ck-h5">{t("title")}</p>
          <p className="ck-small">
            {t("issued")} <Time seconds={time} show="date" /> · {t("until")} <EndTime seconds={order.expiry} />
          </p>
        </div>
        <p className="ck-small text-end">
          <strong>
            <bdi>{listing?.name ?? t("common:standing.hospital", { id: order.hospital })}</bdi>
          </strong>
          {[listing?.address, listing?.contact].map(
            (line) =>
              line && (
                <span key={line} className="d-block">
                  <bdi>{line}</bdi>
                </span>
              ),
          )}
        </p>
      </div>
      <div className="ck-two">
        <div>
          <h2>{t("patient")}</h2>
          <p>
            <strong>
              <bdi>{patient.name}</bdi>
            </strong>
          </p>
          <p>
            {patient.birthDate ? t("born", { date: formatFhirDate(patient.birthDate, locale) }) : t("birthUnknown")}
          </p>
        </div>
        <div>
          <h2>{t("prescriber")}</h2>
          <p>
            <strong>
              <bdi>{doctor?.name ?? content.prescriber ?? shortHex(order.prescriber)}</bdi>
            </strong>
          </p>
          <p>
            {t("doctor")}
            {doctor && doctor.speciality !== 0 && `${t("common:comma")}${t(`specialities:${doctor.speciality}`)}`}
          </p>
        </div>
      </div>
      <ol>
        {content.medicines.map((medicine, place) => (
          <Medicine key={place} medicine={medicine} place={place} fills={order.fills[place] ?? 0} />
        ))}
      </ol>
      <p className="ck-end5">{t("end", { count: content.medicines.length })}</p>
      <div className="ck-foot5">
        {link && <QrCode value={link} label={t("code")} />}
        <div>
          <p>
            <strong>{t("check")}</strong> {t("checkText")}
          </p>
          <p className="ck-small mt-1">{t("checkLimit")}</p>
          <p className="ck-small mt-1">{t("collect")}</p>
          <p className="ck-small mt-2">
            {t("signed")}{" "}
            <bdi className="ck-mono" dir="ltr">
              {shortHex(order.prescriber)}
            </bdi>
            {t("common:comma")}
            {t("block", { number: order.blockNumber.toLocaleString(locale) })}
            {t("common:comma")}
            <bdi className="ck-mono" dir="ltr">
              {shortHex(order.id)}
            </bdi>
          </p>
        </div>
      </div>
    </article>
  );
}

interface MedicineProps {
  readonly medicine: OrderedMedicine;
  readonly place: number;
  readonly fills: number;
}

function Medicine({ medicine: { medicine, dosage, quantity, reason }, place, fills }: MedicineProps) {
  const { t } = useTranslation("paper");
  const locale = useLocale();
  return (
    <li>
      <span>{(place + 1).toLocaleString(locale)}</span>
      <div>
        <p>
          <bdi className="ck-med">{medicine}</bdi>
          {quantity && (
            <>
              {" · "}
              <bdi>{[quantity.value.toLocaleString(locale), quantity.unit].filter(Boolean).join(" ")}</bdi>
            </>
          )}
          {" · "}
          {t("times", { count: fills })}
        </p>
        {dosage && (
          <p className="ck-dose">
            <bdi>{dosage}</bdi>
          </p>
        )}
        {reason && (
          <p className="ck-2">
            {t("for")} <bdi>{reason}</bdi>
          </p>
        )}
      </div>
    </li>
  );
}
