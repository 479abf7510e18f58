/** What a command has of the world around it. */
export interface Io {
  env: Readonly<Record<string, string | undefined>>;
  /** Directory that file arguments are relative to: npm run changes the working directory and names the original one. */
  cwd: string;
  /** Whether a person watches stderr: progress is written for persons alone. */
  isTerminal: boolean;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Whether secrets are typed, unseen, and not piped. */
  isTyped: boolean;
  /** Asks for a secret: see `secretReader`. */
  readSecret(question: string): Promise<string>;
}

/** What a command answers. */
export interface Result {
  /** For `--json`: the whole of stdout. BigInts are written as numbers. */
  json: unknown;
  /** For people, line by line. */
  lines: string[];
  /** 0 unless said otherwise: 2 partially refused, 1 failed. */
  exitCode?: 0 | 1 | 2;
}

/** JSON for stdout, one document and a line end. */
export function toJson(value: unknown): string {
  const plain = (_: string, part: unknown) => (typeof part === "bigint" ? Number(part) : part);
  return `${JSON.stringify(value, plain, 2)}\n`;
}

/** Text of a record without characters that steer a terminal or turn the direction of what follows (O13). */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ");
}
