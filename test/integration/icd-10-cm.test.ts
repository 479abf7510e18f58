import { describe, expect, it } from "vitest";
import { commonCodes, parseTabular } from "../../scripts/lib/icd-10-cm.ts";

/** Tabular list of ICD-10-CM in the form of the published one, with codes of our own. */
const xml = `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular><version>2026</version>
<chapter><name>9</name><desc>Diseases of the blood &amp; more (I00-I99)</desc>
<section id="I10-I1A"><desc>Hypertensive diseases</desc>
<diag><name>I10</name><desc>High pressure</desc><inclusionTerm><note>pressure</note></inclusionTerm></diag>
<diag><name>I11</name><desc>Heart &amp; pressure</desc>
  <diag><name>I11.0</name><desc>with failure</desc></diag>
  <diag><name>I11.01</name><desc>in the right arm</desc></diag>
  <diag><name>I11.02</name><desc>in some arm</desc></diag>
  <diag><name>I11.021</name><desc>found early</desc></diag>
  <diag><name>I11.029</name><desc>Unspecified time</desc></diag>
  <diag><name>I11.039</name><desc>left arm, unspecified time</desc></diag>
</diag>
<diag><name>I12</name><desc>needs more</desc><sevenChrDef><extension char="1">early</extension></sevenChrDef>
  <diag><name>I12.0</name><desc>as its parent</desc></diag>
</diag>
<diag><name>I13</name><desc>after it</desc></diag>
</section></chapter>
<chapter><name>19</name><desc>Injury</desc><section><diag><name>S00</name><desc>Bruise</desc></diag></section></chapter>
</ICD10CM.tabular>`;

describe("the tabular list of ICD-10-CM", () => {
  const codes = parseTabular(xml);

  it("gives the codes that are complete: without parts, and without a seventh character to be added", () => {
    const complete = ["I10", "I11.0", "I11.01", "I11.02", "I11.021", "I11.029", "I11.039", "I13", "S00"];
    expect(codes.map(({ code }) => code)).toEqual(complete);
    expect(codes[0]).toEqual({ code: "I10", description: "High pressure", chapter: "9" });
  });

  it("is offered without sides, details beyond a clinic's, and injuries", () => {
    expect(commonCodes(codes).map(({ code }) => code)).toEqual(["I10", "I11.0", "I11.02", "I11.029", "I13"]);
  });
});
