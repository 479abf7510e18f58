import type { FreeSlot } from "@chartkey/sdk";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatClockMinutes, formatWeekday } from "../../lib/format/slotTime.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { groupByLocalDay } from "./days.ts";

export interface SlotPickerProps {
  readonly slots: readonly FreeSlot[];
  readonly value: FreeSlot | null;
  readonly onChange: (slot: FreeSlot) => void;
}

/** A day, then a time on it, in the reader's time zone. The first free day is open. */
export function SlotPicker({ slots, value, onChange }: SlotPickerProps) {
  const { t } = useTranslation("visits");
  const locale = useLocale();
  const id = useId();
  const days = groupByLocalDay(slots);
  const [wanted, setWanted] = useState<string | null>(null);
  const day = days.find(({ key }) => key === wanted) ?? days[0];
  if (!day) return null;
  return (
    <div className="d-grid gap-4">
      <fieldset>
        <legend className="form-label">{t("form.day")}</legend>
        <div className="ck-choices">
          {days.map(({ key, slots: ofDay }) => (
            <label key={key} className="ck-choice">
              <input
                type="radio"
                className="visually-hidden"
                name={`${id}-day`}
                checked={key === day.key}
                onChange={() => setWanted(key)}
              />
              <span>{formatWeekday(ofDay[0]?.start ?? 0, locale)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="form-label">{t("form.time")}</legend>
        <div className="ck-choices">
          {day.slots.map((slot) => (
            <label key={slot.start} className="ck-choice">
              <input
                type="radio"
                className="visually-hidden"
                name={`${id}-time`}
                checked={value?.start === slot.start}
                onChange={() => onChange(slot)}
              />
              <span className="ck-tnum">{formatClockMinutes(slot.start, locale)}</span>
            </label>
          ))}
        </div>
        <p className="form-text mb-0 mt-2">
          {t("form.zone", { zone: Intl.DateTimeFormat(locale).resolvedOptions().timeZone })}
        </p>
      </fieldset>
    </div>
  );
}
