import { systemName, type CodedSubject, type ListedCode } from "@chartkey/sdk/records";
import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { useFormContext, useWatch, type RegisterOptions } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useCodes } from "../../lib/terminology/useCodes.ts";
import { Field, type FieldProps } from "./Field.tsx";
import { optionId, SuggestionList } from "./SuggestionList.tsx";

export interface CodedFieldProps extends FieldProps {
  /** Where the form has the chosen code, a `ListedCode` or null. */
  readonly codingName: string;
  /** What is asked for. */
  readonly subject: CodedSubject;
  readonly rules?: RegisterOptions;
}

/**
 * Words that may have a code, inside a FormProvider: a combobox with a listbox, as the ARIA Authoring Practices describe the one with list
 * autocomplete. What is chosen puts its name and its code into the form; whoever writes on takes the code away, so that words never stand
 * beside a code that means something else.
 */
export function CodedField({ name, codingName, label, hint, subject, rules }: CodedFieldProps) {
  const { t } = useTranslation("records");
  const list = useId();
  const { register, setValue, setFocus, control } = useFormContext();
  const typed = useWatch<Record<string, string>>({ control, name });
  const coding = useWatch<Record<string, ListedCode | null>>({ control, name: codingName });
  const { find, isMissing } = useCodes(subject);
  const [isAsked, setAsked] = useState(false);
  const [active, setActive] = useState(-1);
  const options = useMemo(() => (isAsked ? find(typed ?? "") : []), [isAsked, find, typed]);
  const isOpen = options.length > 0;

  const close = () => {
    setAsked(false);
    setActive(-1);
  };
  const choose = (option: ListedCode) => {
    setValue(name, option.display, { shouldDirty: true, shouldValidate: true });
    setValue(codingName, option);
    close();
  };
  const pressed = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = options[active];
    if (step !== undefined) {
      event.preventDefault();
      setAsked(true);
      // One place more than options: back in the text, with none of them.
      if (isOpen && !event.altKey) setActive(((active + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      choose(chosen);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  const said = () => {
    if (coding) return t("codes.chosen", { system: systemName(coding.system), code: coding.code });
    if (isMissing) return t("codes.missing");
    return typed ? t("codes.words") : "";
  };
  return (
    <div className="ck-coded">
      <Field name={name} label={label} hint={hint} control="form-control">
        {(attributes) => (
          <>
            <input
              type="text"
              role="combobox"
              aria-autocomplete="list"
              aria-expanded={isOpen}
              aria-controls={isOpen ? list : undefined}
              aria-activedescendant={active < 0 ? undefined : optionId(list, active)}
              dir={typed ? "auto" : undefined}
              autoComplete="off"
              {...attributes}
              {...register(name, {
                ...rules,
                onChange: () => {
                  setValue(codingName, null);
                  setAsked(true);
                  setActive(-1);
                },
                onBlur: close,
              })}
              onKeyDown={pressed}
            />
            {isOpen && (
              <SuggestionList id={list} label={t("codes.list")} options={options} active={active} onChoose={choose} />
            )}
          </>
        )}
      </Field>
      <div className="d-flex flex-wrap align-items-center column-gap-2">
        <p className="form-text mt-1 mb-0" role="status">
          {isOpen ? t("codes.count", { count: options.length }) : said()}
        </p>
        {coding && (
          <button
            type="button"
            className="btn btn-quiet btn-sm"
            onClick={() => {
              setValue(codingName, null);
              setFocus(name);
            }}
          >
            {t("codes.remove")}
          </button>
        )}
      </div>
    </div>
  );
}
