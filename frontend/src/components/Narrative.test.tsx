import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { Narrative } from "./Narrative.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const RUN = "globalThis.ran = true";
const show = (xhtml: string, more: object = {}) =>
  render(
    <Narrative
      prose={[{ xhtml: `<div xmlns="http://www.w3.org/1999/xhtml">${xhtml}</div>`, isGenerated: false, ...more }]}
    />,
  ).container;

it("keeps what an author laid out: tables, lists, emphasis, languages and directions", () => {
  const table = '<table><tbody><tr><th scope="row">HbA1c</th><td colspan="2">6.1 %</td></tr></tbody></table>';
  const text = '<p lang="ar" dir="rtl">نتيجة <b>طبيعية</b></p><ul><li>one</li></ul>';
  const container = show(table + text);
  // Amounts keep their order in a page that is read from the other side.
  expect(container.querySelector(".ck-prose")?.getAttribute("dir")).toBe("auto");
  expect(container.querySelector(".ck-prose")?.innerHTML).toBe(`<div>${table}${text}</div>`);
});

it.each([
  ["a script", `<script>${RUN}</script>`],
  ["a handler", `<b onclick="${RUN}" onmouseover="${RUN}">x</b>`],
  ["a picture that fails", `<img src="x" onerror="${RUN}" />`],
  ["a picture from elsewhere", `<img src="https://attacker.example/seen.png" alt="" />`],
  ["a link", `<a href="javascript:${RUN}">x</a><a href="https://attacker.example">y</a>`],
  ["a style", `<p style="position:fixed;inset:0">x</p><style>body{display:none}</style>`],
  ["a class and an id", `<p class="ck-notice" id="root">Verified</p>`],
  [
    "a frame",
    `<iframe srcdoc="&lt;script&gt;${RUN}&lt;/script&gt;"></iframe><object data="x"></object><embed src="x" />`,
  ],
  ["a form", `<form action="https://attacker.example"><input name="code" /><button>Unlock</button></form>`],
  ["an SVG", `<svg onload="${RUN}"><script>${RUN}</script><a href="javascript:${RUN}"><text>x</text></a></svg>`],
  [
    "MathML that turns",
    `<math><mtext><table><mglyph><style><img src=x onerror="${RUN}"></style></mglyph></table></mtext></math>`,
  ],
  ["a template", `<template><img src="x" onerror="${RUN}" /></template>`],
  ["a base and a meta", `<base href="https://attacker.example" /><meta http-equiv="refresh" content="0" />`],
  ["what closes the box around it", `</div></div><script>${RUN}</script>`],
])("O13 lets nothing act or lead elsewhere: %s", (_, xhtml) => {
  const prose = show(xhtml).querySelector(".ck-prose")!;
  const acting =
    "script, img, style, iframe, object, embed, form, input, button, svg, math, template, base, meta, [href], [src], [style], [class]:not(.ck-strong), [id]";
  expect([...prose.querySelectorAll(acting)].map(({ outerHTML }) => outerHTML)).toEqual([]);
  const attributes = [...prose.querySelectorAll("*")].flatMap((element) => element.getAttributeNames());
  expect(attributes.filter((name) => name.startsWith("on"))).toEqual([]);
  for (const element of prose.querySelectorAll("*")) fireEvent.click(element);
  expect(Reflect.get(globalThis, "ran")).toBeUndefined();
});

it("makes no heading of the page out of one of the author's", () => {
  const prose = show("<h1>Assessment</h1><h4>Plan</h4>").querySelector(".ck-prose")!;
  expect(prose.querySelectorAll("h1, h4").length).toBe(0);
  expect([...prose.querySelectorAll("p.ck-strong")].map(({ textContent }) => textContent)).toEqual([
    "Assessment",
    "Plan",
  ]);
});

it("opens what may say more than the record's elements, and closes what was made from them", () => {
  show("<p>Rested well.</p>", { title: "Progress" });
  screen.getByRole("heading", { name: "Progress" });
  expect(screen.getByText("Rested well.").closest("details")).toBeNull();
  cleanup();
  show("<p>Made.</p>", { isGenerated: true });
  expect(screen.getByText("Made.").closest("details")?.open).toBe(false);
});

it("lays out no text of megabytes", () => {
  const container = show("a".repeat(1_000_000));
  expect(container.querySelector(".ck-prose")).toBeNull();
  screen.getByText(/too long to be laid out/);
});
