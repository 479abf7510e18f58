import type { Narrative, Resource } from "@medplum/fhirtypes";
import { summarize } from "../display.ts";
import type { Summary } from "../display/summary.ts";

/** Lines of a summary that a reader must not miss, by their labels. */
const ESSENTIAL = new Set(["criticality", "reaction", "component", "conclusion", "verification", "condition", "dose"]);

/** What XML 1.0 cannot hold at all. */
// eslint-disable-next-line no-control-regex -- these are the characters that are taken out
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(NOT_XML, " ")
    .replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}

/** What a reader of a summary must not miss beside title, value, date and status: how severe, how sure, how much. */
export function essentialsOf({ subtitle, lines }: Summary): string[] {
  return lines.filter(({ label, text }) => ESSENTIAL.has(label) && text !== subtitle).map(({ text }) => text);
}

function itemText(resource: Resource): string {
  const summary = summarize(resource);
  const { title, subtitle, value, date, status } = summary;
  const measured = value && [value.text, value.unit, value.interpretation && `(${value.interpretation})`];
  const details = [
    measured?.filter(Boolean).join(" "),
    value?.range && `usual: ${value.range}`,
    subtitle,
    ...essentialsOf(summary),
    date,
    status,
  ];
  const rest = details.filter((text) => text !== undefined && text !== "").map((text) => escape(text!));
  return `<li>${[`<b>${escape(title)}</b>`, ...rest].join("; ")}</li>`;
}

/** Text for people, made of resources: each with its title, value, date and status. Nothing in it is taken over as markup. */
export function narrative(remarks: readonly string[], resources: readonly Resource[]): Narrative {
  const paragraphs = remarks.map((remark) => `<p>${escape(remark)}</p>`).join("");
  const list = resources.length === 0 ? "" : `<ul>${resources.map(itemText).join("")}</ul>`;
  const div = `<div xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">${paragraphs}${list}</div>`;
  return { status: "generated", div };
}
