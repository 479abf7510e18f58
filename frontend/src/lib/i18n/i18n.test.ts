// @vitest-environment jsdom
import i18next from "i18next";
import { expect, it } from "vitest";
import { setLanguage, startI18n } from "./i18n.ts";

it("has the words of errors before an error can keep them from being fetched, in each language that is chosen", async () => {
  await startI18n();
  await expect.poll(() => i18next.exists("errors:message.chunk.title")).toBe(true);
  await setLanguage("ar");
  expect(i18next.t("errors:action.reload")).toMatch(/\p{Script=Arabic}/u);
});
