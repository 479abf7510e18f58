import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { FhirFileField, type ReadFile } from "./FhirFileField.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

/** A file of one condition, whose bytes come when it is let go. */
function slowFile(name: string, disease: string) {
  const condition = { resourceType: "Condition", id: "one", subject: { display: "A" }, code: { text: disease } };
  const bytes = new TextEncoder().encode(JSON.stringify(condition));
  const { promise, resolve } = Promise.withResolvers<void>();
  const file = new File([bytes], name);
  const stream = () =>
    new ReadableStream({
      async start(controller) {
        await promise;
        controller.enqueue(bytes);
        controller.close();
      },
    });
  Object.defineProperty(file, "stream", { value: stream });
  return { file, letGo: resolve };
}

it("takes the file that was chosen last, whichever is read first", async () => {
  const onRead = vi.fn<(read: ReadFile | null) => void>();
  render(<FhirFileField onRead={onRead} />);
  const field = screen.getByLabelText(/file/i);
  const [large, small] = [slowFile("large.json", "Asthma"), slowFile("small.json", "Gout")];
  fireEvent.change(field, { target: { files: [large.file] } });
  fireEvent.change(field, { target: { files: [small.file] } });
  small.letGo();
  await waitFor(() => expect(onRead).toHaveBeenLastCalledWith(expect.objectContaining({ name: "small.json" })));
  large.letGo();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(onRead.mock.calls.map(([read]) => read?.name)).toEqual([undefined, undefined, "small.json"]);
  expect(screen.queryByRole("progressbar")).toBeNull();
});
