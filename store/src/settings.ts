/** What a running server is bound by. */
export interface Settings {
  /** Largest file accepted, in bytes. */
  readonly maxFileBytes: number;
  /** How long a client may send or take nothing, in milliseconds. */
  readonly idleTimeoutMs: number;
  /** Exact origins browsers may call from; undefined means loopback names on any port. */
  readonly allowedOrigins: ReadonlySet<string> | undefined;
  /** Whether only requests addressed to a loopback name are answered. */
  readonly loopbackOnly: boolean;
  readonly log: (line: string) => void;
}
