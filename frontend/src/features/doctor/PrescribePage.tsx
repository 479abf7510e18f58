import { MAX_MEDICINES, prescribe, type ReceivedGrant } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { BackLink } from "../../components/BackLink.tsx";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { Notice } from "../../components/Notice.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useRefreshChart, type Chart } from "../../lib/chart/useChart.ts";
import { hasCategory } from "../../lib/format/categories.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { formatList } from "../../lib/format/list.ts";
import { GAP } from "../../lib/format/gap.ts";
import { useEndTime } from "../../lib/format/useEndTime.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { required } from "../../lib/session/required.ts";
import { useWritingSession } from "../../lib/session/outbox.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { Basket } from "./Basket.tsx";
import { conflictsOf } from "./lib/conflicts.ts";
import { dayStart, localDay, shiftDay } from "./lib/days.ts";
import { encodeOrder, type Medicine, type TypedMedicine } from "./lib/order.ts";
import { MedicineForm } from "./MedicineForm.tsx";
import { PatientFrame } from "./PatientFrame.tsx";
import { useEndedOrders } from "./queries.ts";
import { useAmountWords } from "./useAmountWords.ts";
import { useAuthor } from "./useAuthor.ts";
import { usePatient } from "./usePatient.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

/** Days that an order is valid for unless something else is said, and at most (the contract's limit is 366). */
const USUAL_DAYS = 90;
const MOST_DAYS = 365;

/** Prescribes several medicines by one signature. */
export default function PrescribePage() {
  const { t } = useTranslation("doctor");
  return (
    <PatientFrame>
      {({ grant, chart, name }) =>
        hasCategory(grant.write, 4) ? (
          <OrderForm grant={grant} chart={chart} name={name} />
        ) : (
          <div className="mt-4">
            <EmptyState
              kind="noPermission"
              title={t("order.refused")}
              text={t("write.refusedText")}
              action={{ label: t("frame.toChart"), to: `/doctor/patients/${grant.patient}` }}
            />
          </div>
        )
      }
    </PatientFrame>
  );
}

interface OrderFormProps {
  readonly grant: ReceivedGrant;
  readonly chart: Chart;
  readonly name: string;
}

function OrderForm({ grant, chart, name }: OrderFormProps) {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  const endTime = useEndTime();
  const id = useId();
  const session = useWritingSession();
  const client = useQueryClient();
  const refresh = useRefreshChart();
  const navigate = useNavigate();
  const author = useAuthor();
  const { birthDate } = usePatient(grant.patient);
  const today = localDay(useNow());
  const [medicines, setMedicines] = useState<readonly Medicine[]>([]);
  const [typed, setTyped] = useState<TypedMedicine | null>(null);
  const [changed, setChanged] = useState<TypedMedicine | null>(null);
  /** What the form of a new medicine had when it went away. */
  const [begun, setBegun] = useState<TypedMedicine | null>(null);
  const [cleared, setCleared] = useState(0);
  const [added, setAdded] = useState<number | null>(null);
  const amount = useAmountWords();
  const [lastDay, setLastDay] = useState(shiftDay(today, USUAL_DAYS));
  const chartPath = `/doctor/patients/${grant.patient}`;
  const { data: ended } = useEndedOrders(grant.patient);
  // A cancelled or used order still reads "active" in the record: the chain knows better.
  const current = chart.items.filter(({ recordId }) => !ended?.has(recordId));
  const items = medicines.map((medicine, index) => ({
    ...medicine,
    conflicts: conflictsOf(medicine, current, medicines.slice(0, index)),
  }));
  // Valid through the chosen day on the doctor's clock: the first second without is the next day's first.
  const expiry = dayStart(shiftDay(lastDay, 1));
  const unsettled = items.find(({ conflicts, reason }) => conflicts.length > 0 && reason.trim() === "");
  const dayWrong = !(lastDay >= today && lastDay <= shiftDay(today, MOST_DAYS));
  const { run, reset, ...state } = useAction(async (onPhase) => {
    const acting = required(session);
    const data = encodeOrder({ medicines: items, patient: { display: name }, author, date: new Date().toISOString() });
    const meta = { contentType: "application/fhir+json" };
    const order = { meta, data, fills: items.map(({ fills }) => fills), expiry, ...(birthDate ? { birthDate } : {}) };
    await prescribe(acting, grant.patient, order, onPhase);
    await Promise.all([refresh(), client.invalidateQueries({ queryKey: ["orders"] })]);
  });
  const unsaved = typed ?? changed;
  const held = medicines.length > 0 || typed ? { medicines, lastDay, typed } : null;
  const { restored, forget } = useDraft(
    `order ${grant.patient}`,
    held,
    (before) => {
      setMedicines(before.medicines);
      setLastDay(before.lastDay);
      setBegun(before.typed);
    },
    state,
  );
  const sign = async () => {
    if (!(await run())) return;
    forget();
    await navigate(`${chartPath}?category=4`);
  };
  const clear = () => {
    setMedicines([]);
    setAdded(null);
    setBegun(null);
    setCleared((count) => count + 1);
  };
  const block = () => {
    if (unsaved)
      return t(typed ? "order.blocked.typed" : "order.blocked.changed", {
        medicine: unsaved.medicine.trim() || t("order.medicine"),
      });
    if (items.length === 0) return t("order.blocked.empty");
    if (unsettled) return t("order.blocked.conflict", { medicine: unsettled.medicine });
    return dayWrong ? t("order.blocked.day") : undefined;
  };
  const values = {
    medicines:
      items.length > 0
        ? formatList(
            items.map((item) => t("order.item", { ...item, amount: amount(item) })),
            locale,
          )
        : GAP,
    name,
    date: dayWrong ? GAP : endTime(expiry),
  };
  const unseen = ([3, 4] as const).filter((category) => !hasCategory(grant.read, category));
  return (
    <div className="mt-4">
      <BackLink to={chartPath}>{t("frame.toChart")}</BackLink>
      <div className="ck-cols mt-0">
        <section className="ck-sec">
          <header>
            <h2>{t("order.basket")}</h2>
          </header>
          <DraftNotice restored={restored} onClear={clear} />
          {unseen.length > 0 && (
            <Notice tone="warn" className="mb-4" title={t("order.unseen")}>
              {t("order.unseenText", {
                categories: formatList(
                  unseen.map((category) => t(`common:category.${category}`)),
                  locale,
                ),
              })}
            </Notice>
          )}
          {items.length > 0 && (
            <Basket
              items={items}
              added={added}
              onTyped={setChanged}
              onChange={(index, changed) => setMedicines(medicines.map((each, at) => (at === index ? changed : each)))}
              onRemove={(index) => {
                setMedicines(medicines.filter((_, at) => at !== index));
                setAdded(null);
              }}
            />
          )}
          {items.length < MAX_MEDICINES ? (
            <div className="mt-4">
              <h3 className="mb-3">{t(items.length === 0 ? "order.first" : "order.another")}</h3>
              <MedicineForm
                key={`${items.length} ${cleared} ${begun !== null}`}
                begun={begun}
                onTyped={setTyped}
                onSave={(medicine) => {
                  setMedicines([...medicines, medicine]);
                  setAdded(medicines.length);
                  setBegun(null);
                }}
              />
            </div>
          ) : (
            <p className="ck-s ck-2 mt-3">{t("order.full", { count: MAX_MEDICINES })}</p>
          )}
        </section>
        <section className="d-grid gap-4 align-content-start">
          <div>
            <label className="form-label" htmlFor={id}>
              {t("order.until")}
            </label>
            <input
              id={id}
              type="date"
              className="form-control"
              min={today}
              max={shiftDay(today, MOST_DAYS)}
              value={lastDay}
              onChange={({ target }) => setLastDay(target.value)}
            />
          </div>
          <SignedAction
            sentence={<Trans t={t} i18nKey="order.sentence" values={values} components={{ b: <strong /> }} />}
            limit={t("order.limit")}
            label={t("order.sign")}
            phases={phases}
            state={state}
            onRun={() => void sign()}
            onReset={reset}
            blocked={block()}
          />
          <p className="ck-s ck-2 mb-0">{t("order.checkLimit")}</p>
        </section>
      </div>
    </div>
  );
}
