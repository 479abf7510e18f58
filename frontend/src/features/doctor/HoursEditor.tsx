import { publishAvailability } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { Notice } from "../../components/Notice.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { formatFee, parseFee } from "../../lib/format/fee.ts";
import { GAP } from "../../lib/format/gap.ts";
import { formatClockMinutes } from "../../lib/format/slotTime.ts";
import { formatDate } from "../../lib/format/time.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { visitsKey } from "../../lib/patient/useVisits.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { FeeField } from "./FeeField.tsx";
import { editorDays, fillWeekdays, hourState, toggleHour, toSlots, type OpenQuarters } from "./lib/hours.ts";
import { dateFormat } from "../../lib/format/intl.ts";

/** Days of the editor. */
export const DAYS = 14;
const phases = ["confirming", "mining"] as const;

interface HoursEditorProps {
  readonly hospital: number;
  readonly name: string;
  /** Unix seconds. */
  readonly now: number;
  /** The UTC days that are published. */
  readonly covered: { readonly firstDay: number; readonly days: number };
  /** The quarters that are open on the chain. */
  readonly published: OpenQuarters;
  /** What their visits cost, in gwei, each fee once. */
  readonly fees: readonly bigint[];
  readonly saved: boolean;
  readonly onSaved: (saved: boolean) => void;
}

/** The hours of the coming days, each to be switched on and off, and the signature that publishes them. */
export function HoursEditor({ hospital, name, now, covered, published, fees, saved, onSaved }: HoursEditorProps) {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  const session = useSession();
  const client = useQueryClient();
  const [open, setOpen] = useState(published);
  const [written, setWritten] = useState(() => formatFee(fees[0] ?? 0n));
  const fee = parseFee(written);
  const days = editorDays(now, DAYS, new Set([...open, ...published]));
  const count = days.flatMap(({ hours }) => hours).filter((hour) => hourState(open, hour) !== "closed").length;
  const sameHours = open.size === published.size && [...open].every((quarter) => published.has(quarter));
  const same = sameHours && fees.every((each) => each === fee);
  const { run, reset, ...state } = useAction(async (onPhase) => {
    if (fee === undefined) return;
    const acting = required(session);
    const { firstDay, days: length } = covered;
    const slots = toSlots(firstDay, length, open);
    await publishAvailability(acting, { hospital, firstDay, open: slots, feeGwei: fee }, onPhase);
    onSaved(true);
    await client.invalidateQueries({ queryKey: visitsKey(acting.chain.id) });
  });
  const change = (next: OpenQuarters) => {
    onSaved(false);
    setOpen(next);
  };
  const longDay = (start: number) =>
    dateFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(start * 1000);
  const values = {
    hospital: name,
    fee: fee === undefined ? GAP : formatFee(fee),
    hours: t("hours.count", { count }),
    first: formatDate(days[0]?.start ?? now, locale),
    last: formatDate(days.at(-1)?.start ?? now, locale),
  };
  return (
    <div className="ck-cols mt-4">
      <div>
        <div className="ck-actions mb-4">
          <button type="button" className="btn btn-plain btn-sm" onClick={() => change(fillWeekdays(days, open))}>
            {t("hours.fill")}
          </button>
          <button type="button" className="btn btn-quiet btn-sm" onClick={() => change(new Set())}>
            {t("hours.clear")}
          </button>
        </div>
        <ul className="ck-list">
          {days.map(({ day, start, hours }) => (
            <li key={day} className="d-block">
              <fieldset>
                <legend className="form-label">{longDay(start)}</legend>
                {hours.length === 0 ? (
                  <p className="ck-s ck-2 mb-0">{t("hours.over")}</p>
                ) : (
                  <div className="ck-choices">
                    {hours.map((hour) => (
                      <label key={hour} className="ck-choice">
                        <input
                          type="checkbox"
                          className="visually-hidden"
                          checked={hourState(open, hour) !== "closed"}
                          aria-label={t("hours.hour", { day: longDay(start), time: formatClockMinutes(hour, locale) })}
                          onChange={() => change(toggleHour(open, hour))}
                        />
                        <span className="ck-tnum">
                          {formatClockMinutes(hour, locale)}
                          {hourState(open, hour) === "partly" && ` ${t("hours.partly")}`}
                        </span>
                      </label>
                    ))}
                  </div>
                )}
              </fieldset>
            </li>
          ))}
        </ul>
      </div>
      <div className="ck-aside">
        {saved && (
          <Notice className="mb-4" icon="checkCircle" live="status">
            {t("hours.saved")}
          </Notice>
        )}
        <FeeField
          value={written}
          onChange={(next) => {
            onSaved(false);
            setWritten(next);
          }}
        />
        <SignedAction
          sentence={
            same ? null : (
              <Trans
                t={t}
                i18nKey={fee === 0n ? "hours.sentence" : "hours.sentenceFee"}
                values={values}
                components={{ b: <strong /> }}
              />
            )
          }
          limit={t("hours.limit")}
          label={t("hours.sign")}
          phases={phases}
          state={state}
          onRun={() => void run()}
          onReset={reset}
          blocked={
            fee === undefined ? t("hours.feeWrong") : same ? t(saved ? "hours.nothingMore" : "hours.same") : undefined
          }
        />
        <p className="form-text mt-3 mb-0">
          {t("hours.zone", { zone: Intl.DateTimeFormat(locale).resolvedOptions().timeZone })}
        </p>
      </div>
    </div>
  );
}
