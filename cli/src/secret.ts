import { type Interface, createInterface } from "node:readline";
import { type Readable, Writable } from "node:stream";
import { ChartkeyError } from "@chartkey/sdk";

type Input = Readable & { isTTY?: boolean };
const MUTE = () => new Writable({ write: (_chunk, _encoding, done) => done() });

function inputEnded(): ChartkeyError {
  return new ChartkeyError(
    "INPUT_ENDED",
    "A secret was asked for and none was given. Type it, or write it to standard input, one to a line.",
  );
}

/** The next line of an interface, which does not show what is typed. */
function nextLine(lines: Interface): Promise<string> {
  return new Promise((resolve, reject) => {
    const end = () => reject(inputEnded());
    lines.once("close", end).once("SIGINT", end);
    lines.once("line", (line) => {
      lines.off("close", end).off("SIGINT", end);
      resolve(line);
    });
  });
}

async function typed(input: Input, ask: (text: string) => void, question: string): Promise<string> {
  const lines = createInterface({ input, output: MUTE(), terminal: true });
  ask(question);
  try {
    return await nextLine(lines);
  } finally {
    lines.close();
    ask("\n");
  }
}

/**
 * Reads secrets: from the terminal, which does not show them, or from standard input, one to a line. Never from an argument.
 * Throws `INPUT_ENDED`.
 */
export function secretReader(input: Input, ask: (text: string) => void): (question: string) => Promise<string> {
  let lines: AsyncIterator<string> | undefined;
  return async (question) => {
    if (input.isTTY) return typed(input, ask, question);
    lines ??= createInterface({ input, crlfDelay: Infinity })[Symbol.asyncIterator]();
    input.resume();
    const { done, value } = await lines.next();
    // Whoever keeps standard input open must not keep the program from ending.
    input.pause();
    if (done === true) throw inputEnded();
    return value;
  };
}
