import { ChartkeyError, type Bytes, fromBase64Url, randomBytes, toBase64Url } from "@chartkey/sdk";

/** A passkey and the 32 bytes that it gives for a salt. */
export interface PasskeyOutput {
  readonly credential: Bytes;
  readonly output: Bytes;
}

/** A passkey that opens a vault, with the salt that it is asked with. */
export interface KnownPasskey {
  readonly credential: Bytes;
  readonly salt: Bytes;
}

/** COSE algorithms: EdDSA, ES256, RS256. Signatures are not looked at; the PRF output is all that counts. */
const ALGORITHMS = [-8, -7, -257];

/** Whether this browser knows passkeys at all; whether one has the PRF extension shows when it is made. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential !== "undefined" && "credentials" in navigator;
}

function unsupported(cause?: unknown): ChartkeyError {
  const message = "This browser or passkey cannot keep a key for your vault. Use another way to open it.";
  return new ChartkeyError("PASSKEY_UNSUPPORTED", message, { cause });
}

/** WebAuthn tells declined, timed out and unknown passkeys apart for nobody. */
function toError(cause: unknown): unknown {
  if (cause instanceof ChartkeyError || !(cause instanceof DOMException)) return cause;
  if (cause.name !== "NotAllowedError" && cause.name !== "AbortError") return unsupported(cause);
  return new ChartkeyError("PASSKEY_DECLINED", "The passkey was not used. Nothing was changed.", { cause });
}

/** The PRF result as bytes. */
function firstOf({ prf }: AuthenticationExtensionsClientOutputs): Bytes | undefined {
  const first = prf?.results?.first;
  if (first === undefined) return undefined;
  return ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength).slice()
    : new Uint8Array(first.slice(0));
}

async function ceremony(start: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await start();
    if (credential instanceof PublicKeyCredential) return credential;
  } catch (cause) {
    throw toError(cause);
  }
  throw unsupported();
}

/**
 * Asks one of the known passkeys for its output (WebAuthn Level 3, 10.1.4: PRF extension), with the person verified.
 * Throws `PASSKEY_DECLINED`, `PASSKEY_UNSUPPORTED`.
 */
export async function askPasskey(known: readonly KnownPasskey[]): Promise<PasskeyOutput> {
  const evalByCredential = Object.fromEntries(
    known.map(({ credential, salt }) => [toBase64Url(credential), { first: salt }]),
  );
  const credential = await ceremony(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: randomBytes(32),
        allowCredentials: known.map(({ credential: id }) => ({ type: "public-key", id })),
        userVerification: "required",
        extensions: { prf: { evalByCredential } },
      },
    }),
  );
  const output = firstOf(credential.getClientExtensionResults());
  if (output === undefined) throw unsupported();
  return { credential: new Uint8Array(credential.rawId), output };
}

/**
 * Makes a passkey for an account and asks it for its output, which some give only when they are asked once more.
 * @param name what the browser shows beside it
 * @param known passkeys that open the vault already: an authenticator that has one of them makes no second
 * Throws `PASSKEY_DECLINED`, `PASSKEY_UNSUPPORTED`.
 */
export async function createPasskey(name: string, known: readonly KnownPasskey[]) {
  const salt = randomBytes(32);
  const credential = await ceremony(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { name: "Chartkey" },
        user: { id: randomBytes(32), name, displayName: name },
        challenge: randomBytes(32),
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
        excludeCredentials: known.map(({ credential: id }) => ({ type: "public-key", id })),
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const results = credential.getClientExtensionResults();
  if (results.prf?.enabled !== true) throw unsupported();
  const id = fromBase64Url(credential.id);
  const output = firstOf(results) ?? (await askPasskey([{ credential: id, salt }])).output;
  return { type: "passkey", credential: id, output, salt } as const;
}
