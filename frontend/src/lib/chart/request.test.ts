import { buildSymptoms, loadValidator } from "@chartkey/sdk/records";
import { describe, expect, it } from "vitest";
import { readRequest } from "./request.ts";

const validator = await loadValidator();
const date = "2026-11-24T08:00:00Z";
const symptoms = (display: string) =>
  buildSymptoms({
    patient: { display },
    author: { display },
    date,
    answers: [
      { question: "What brings you?", answer: "Thirst" },
      { question: "Since when?", answer: "" },
    ],
  });

describe("readRequest", () => {
  it("shows the patient's name and answers", () => {
    expect(readRequest(symptoms("Ananya Sharma"), validator)).toEqual({
      name: "Ananya Sharma",
      answers: [{ question: "What brings you?", answer: "Thirst" }],
    });
  });

  it("takes an address for no name", () => {
    for (const display of ["0x51b0…4E2d", "eip155:20265:0x51b0000000000000000000000000000000004e2d"])
      expect(readRequest(symptoms(display), validator)).not.toHaveProperty("name");
  });

  it("shows nothing of what is no valid QuestionnaireResponse", () => {
    for (const json of [{ resourceType: "Observation" }, "text", null, { ...symptoms("A"), status: 7 }])
      expect(readRequest(json, validator)).toEqual({ answers: [], problem: "PAYLOAD_MALFORMED" });
  });
});
