import { FormProvider, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { OpeningField } from "./OpeningField.tsx";
import { noValues, type Opening, type OpeningValues } from "./opening.ts";

export interface OpeningFormProps {
  readonly opening: Opening;
  /** The other openings that there are. */
  readonly others: readonly Opening[];
  readonly waiting: boolean;
  readonly onOpen: (values: OpeningValues) => void;
  readonly onOther: (opening: Opening) => void;
}

/** Asks for what opens the vault. What was typed stays in the field when it does not open it. */
export function OpeningForm({ opening, others, waiting, onOpen, onOther }: OpeningFormProps) {
  const { t } = useTranslation("vault");
  const form = useForm({ defaultValues: noValues });
  return (
    <FormProvider {...form}>
      <form className="ck-fields" noValidate onSubmit={(event) => void form.handleSubmit(onOpen)(event)}>
        <OpeningField opening={opening} />
        <div className="ck-actions">
          <button type="submit" className="btn btn-primary" disabled={waiting}>
            {t(`opening.${opening}.action`)}
          </button>
          {others.map((other) => (
            <button key={other} type="button" className="btn btn-quiet" onClick={() => onOther(other)}>
              {t(`opening.${other}.choose`)}
            </button>
          ))}
        </div>
      </form>
    </FormProvider>
  );
}
