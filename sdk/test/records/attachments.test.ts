import type { Resource } from "@medplum/fhirtypes";
import { describe, expect, it } from "vitest";
import { attachedBytes, attachedSize, attachmentsOf, proseOf, readBundle } from "../../src/records/index.ts";
import { sharedFiles } from "./files.ts";

const of = (resource: object) => attachmentsOf(resource as Resource);
const told = (resource: object) => proseOf(resource as Resource);

describe("the files of a resource", () => {
  it.each([
    [
      "a report",
      { resourceType: "DiagnosticReport", presentedForm: [{ data: "AAEC" }] },
      "DiagnosticReport.presentedForm[0]",
    ],
    [
      "a document",
      { resourceType: "DocumentReference", content: [{ attachment: { data: "AAEC", title: "t" } }] },
      "DocumentReference.content[0].attachment",
    ],
    ["a medium", { resourceType: "Media", content: { contentType: "image/png", data: "AAEC" } }, "Media.content"],
    ["a Binary", { resourceType: "Binary", contentType: "text/plain", data: "AAEC", securityContext: {} }, "Binary"],
    [
      "a contained Binary",
      { resourceType: "Basic", contained: [{ resourceType: "Binary", data: "AAEC" }] },
      "Basic.contained[0]",
    ],
    [
      "an answer",
      { resourceType: "QuestionnaireResponse", item: [{ answer: [{ valueAttachment: { data: "AAEC" } }] }] },
      "QuestionnaireResponse.item[0].answer[0].valueAttachment",
    ],
  ])("are found in %s", (_, resource, path) => {
    const found = of(resource);
    expect(found.map((each) => each.path)).toEqual([path]);
    expect([...attachedBytes(found[0]!)]).toEqual([0, 1, 2]);
  });

  it.each([
    ["a signature", { resourceType: "Provenance", signature: [{ sigFormat: "image/png", who: {}, data: "AAEC" }] }],
    ["samples", { resourceType: "Observation", valueSampledData: { origin: {}, period: 1, data: "1 2" } }],
    [
      "an extension",
      { resourceType: "Patient", extension: [{ url: "http://x", extension: [{ url: "y", valueString: "z" }] }] },
    ],
    ["a title alone", { resourceType: "Media", content: { contentType: "image/png", title: "t" } }],
  ])("are not taken from %s", (_, resource) => {
    expect(of(resource)).toEqual([]);
  });

  it("have a name, a type and an address as far as they are given", () => {
    const content = {
      contentType: "application/pdf",
      title: "Lipids",
      url: "Binary/1",
      size: 3,
      _title: { extension: [] },
    };
    expect(of({ resourceType: "Media", content })).toEqual([
      { path: "Media.content", contentType: "application/pdf", title: "Lipids", url: "Binary/1" },
    ]);
    expect(of({ resourceType: "Media", content: { data: "AA==" } })[0]?.contentType).toBe("application/octet-stream");
  });

  it("are as long as they say before they are decoded, white space or not", () => {
    for (const data of ["", "AA==", "AAE=", "AAEC", "AAEC\r\nAwQF", " AA == "])
      expect(attachedSize({ data })).toBe(attachedBytes({ data }).length);
  });

  it("of the public data decode, each to its length", async () => {
    for (const { name, bytes } of sharedFiles()) {
      const { items } = await readBundle(bytes, name);
      for (const attached of items.flatMap(({ resource }) => attachmentsOf(resource)))
        if (attached.data !== undefined)
          expect(attachedBytes(attached).length, `${name} ${attached.path}`).toBe(attachedSize(attached));
    }
  });
});

describe("the prose of a resource", () => {
  const div = "<div>x</div>";

  it("is told apart by whether its elements say the same", () => {
    const by = (status: string) => told({ resourceType: "Condition", text: { status, div } });
    expect(by("generated")).toEqual([{ xhtml: div, isGenerated: true }]);
    expect(by("additional")).toEqual([{ xhtml: div, isGenerated: false }]);
    expect(by("extensions")).toEqual([{ xhtml: div, isGenerated: false }]);
    expect([by("empty"), told({ resourceType: "Condition" })]).toEqual([[], []]);
  });

  it("of a Composition is that of its sections, each under the titles around it", () => {
    const text = { status: "generated", div };
    const section = [{ title: "Plan", text, section: [{ title: "Diet", text }, { text }] }, { title: "Empty" }];
    expect(told({ resourceType: "Composition", section })).toEqual([
      { title: "Plan", xhtml: div, isGenerated: false },
      { title: "Plan: Diet", xhtml: div, isGenerated: false },
      { title: "Plan", xhtml: div, isGenerated: false },
    ]);
    expect(told({ resourceType: "Questionnaire", section })).toEqual([]);
  });
});
