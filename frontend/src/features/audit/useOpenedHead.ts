import { useState } from "react";

/** The head as it was when the list was opened, so that rows do not move while they are read, and a way to catch up. */
export function useOpenedHead(head: bigint | undefined): readonly [opened: bigint | undefined, follow: () => void] {
  const [opened, setOpened] = useState(head);
  // A chain that was reset is shorter than what was opened.
  if (head !== undefined && (opened === undefined || head < opened)) setOpened(head);
  return [opened, () => setOpened(head)];
}
