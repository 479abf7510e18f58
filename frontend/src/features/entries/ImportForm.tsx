import { useState } from "react";
import { FhirFileField, type ReadFile } from "../../components/FhirFileField.tsx";
import { ImportAction } from "./ImportAction.tsx";

/** Reads a FHIR file, says what can be taken, and takes it. */
export function ImportForm() {
  const [read, setRead] = useState<ReadFile | null>(null);
  return (
    <div className="d-grid gap-4 mt-4">
      <FhirFileField onRead={setRead} />
      {read && read.result.categories.length > 0 && <ImportAction key={read.name} result={read.result} />}
    </div>
  );
}
