import { loadCodes, type CodedSubject, type ListedCode } from "@chartkey/sdk/records";
import { useEffect, useState } from "react";
import { indexCodes, type CodeIndex } from "./codeIndex.ts";

/** What was read once serves every form of the page. */
const indexes = new Map<CodedSubject, Promise<CodeIndex>>();

function codeIndex(subject: CodedSubject): Promise<CodeIndex> {
  const known = indexes.get(subject);
  if (known) return known;
  const index = loadCodes(subject).then(indexCodes);
  indexes.set(subject, index);
  index.catch(() => indexes.delete(subject));
  return index;
}

export interface Codes {
  /** The codes that fit what is typed; none while the list is being read. */
  readonly find: (query: string) => readonly ListedCode[];
  /** Whether the list could not be read; what is typed is recorded in words all the same. */
  readonly isMissing: boolean;
}

const nothing: CodeIndex = { find: () => [] };

/** The codes that are offered for a subject, fetched when a form first shows them. */
export function useCodes(subject: CodedSubject): Codes {
  const [index, setIndex] = useState<CodeIndex>(nothing);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    codeIndex(subject).then(
      (read) => isCurrent && setIndex(read),
      () => isCurrent && setMissing(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [subject]);
  return { find: index.find, isMissing };
}
