import { systemName, type ListedCode } from "@chartkey/sdk/records";
import { useEffect, useRef } from "react";

export const optionId = (id: string, index: number) => `${id}-${index}`;

interface SuggestionListProps {
  /** Of the list; the options have ids of their own under it. */
  readonly id: string;
  readonly label: string;
  readonly options: readonly ListedCode[];
  /** The option that the keys have come to; -1 for none. */
  readonly active: number;
  readonly onChoose: (option: ListedCode) => void;
}

/** Brings an option into view within its list, and leaves the page where it is. */
function reveal(list: HTMLElement, option: HTMLElement): void {
  const end = option.offsetTop + option.offsetHeight - list.clientHeight;
  list.scrollTop = Math.max(Math.min(list.scrollTop, option.offsetTop), end);
}

/** The popup of a combobox: names and codes to choose from. The focus stays in the text. */
export function SuggestionList({ id, label, options, active, onChoose }: SuggestionListProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const option = list.current?.children[active];
    if (list.current && option instanceof HTMLElement) reveal(list.current, option);
  }, [active]);
  return (
    <ul
      ref={list}
      id={id}
      role="listbox"
      aria-label={label}
      className="dropdown-menu show ck-suggestions"
      onPointerDown={(event) => event.preventDefault()}
    >
      {options.map((option, index) => (
        <li
          key={`${option.system} ${option.code}`}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          className="dropdown-item"
          onClick={() => onChoose(option)}
        >
          <bdi lang="en">{option.display}</bdi>{" "}
          <bdi className="ck-meta">
            {systemName(option.system)} {option.code}
          </bdi>
        </li>
      ))}
    </ul>
  );
}
