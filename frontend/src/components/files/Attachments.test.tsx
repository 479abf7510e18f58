import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { Attachments, type FileBeside } from "./Attachments.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const PICTURE: FileBeside = { at: "/presentedForm/0/data", size: 3_000_000, write: () => Promise.resolve() };

type Resource = Parameters<typeof Attachments>[0]["resource"];
const show = (attachments: object[], beside: readonly FileBeside[] = []) =>
  render(
    <MemoryRouter>
      <Attachments
        resource={{ resourceType: "DiagnosticReport", presentedForm: attachments } as unknown as Resource}
        beside={beside}
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

it("offers a file that lies beside its resource, with its own size, and never what its author says to be elsewhere", () => {
  show([{ title: "Scan", contentType: "image/png", url: "https://attacker.example/x.png" }], [PICTURE]);
  screen.getByRole("region", { name: "Scan" });
  screen.getByText("3 MB");
  screen.getByRole("button", { name: "Show the picture" });
  expect(screen.queryByText("https://attacker.example/x.png")).toBeNull();
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
