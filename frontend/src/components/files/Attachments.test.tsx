import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { Attachments } from "./Attachments.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

type Resource = Parameters<typeof Attachments>[0]["resource"];
const show = (attachments: object[]) =>
  render(
    <MemoryRouter>
      <Attachments
        resource={{ resourceType: "DiagnosticReport", presentedForm: attachments } as unknown as Resource}
        saved="Saved."
        linkTo={(url) => (url === "Binary/1" ? <a href="/there">there</a> : undefined)}
      />
    </MemoryRouter>,
  );

it("offers each file that is in the resource", () => {
  show([
    { contentType: "application/pdf", title: "Lipids", data: "JVBERi0=" },
    { contentType: "image/png", data: "AAAA" },
  ]);
  screen.getByRole("heading", { name: "Files of this entry" });
  screen.getByRole("region", { name: "Lipids" });
  screen.getByRole("region", { name: "File without a name" });
  screen.getByRole("button", { name: "Show the pages" });
  expect(screen.getAllByRole("button", { name: "Save the file" }).length).toBe(2);
});

it("O13 says where a file is that is not in the resource, and leads nowhere but into the chart", () => {
  const { container } = show([
    { contentType: "application/pdf", url: "https://attacker.example/x.pdf" },
    { contentType: "application/pdf", url: "javascript:alert(1)" },
    { contentType: "application/pdf", url: "Binary/1" },
  ]);
  screen.getByText("https://attacker.example/x.pdf");
  expect([...container.querySelectorAll("[href], [src]")].map((each) => each.outerHTML)).toEqual([
    '<a href="/there">there</a>',
  ]);
});

it("takes no room where there is none", () => {
  expect(show([]).container.textContent).toBe("");
});
