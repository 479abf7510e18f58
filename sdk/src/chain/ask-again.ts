import type { PublicClient } from "viem";

/** How often a node is asked in all, a polling interval apart: it may be a moment behind another one. */
const TRIES = 5;

/** Asks until the answer holds, or has been asked for often enough; the last answer, whether or not it holds. */
export async function askAgain<T>(
  { pollingInterval }: Pick<PublicClient, "pollingInterval">,
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask();
    if (tries === TRIES || holds(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, pollingInterval));
  }
}
