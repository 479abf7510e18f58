import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { MeasuredValue } from "./MeasuredValue.tsx";

afterEach(cleanup);

it("shows the remarks of a UCUM unit without their braces", () => {
  const { container } = render(<MeasuredValue value={{ text: "2.72", unit: "{score}" }} />);
  expect(container.textContent).toBe("2.72 score");
});
