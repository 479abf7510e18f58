import {
  ChartkeyError,
  type PreparedVault,
  type Session,
  type UnlockWay,
  type UnlockWith,
  addUnlockWay,
  prepareRecoveryCode,
  prepareRenewal,
  prepareVault,
  readUnlockWays,
  rotateKey,
  toBase64Url,
} from "@chartkey/sdk";
import { Option } from "commander";
import type { Spec } from "../command.ts";
import type { Io } from "../io.ts";
import { phases } from "../progress.ts";
import { openSession } from "../session.ts";
import { withCode, withWallet } from "../unlocking.ts";

const withCodeOption = () => new Option("--with-code", "open it with the recovery code instead of the wallet");
const accountOf = ({ wallet, account }: Session) => account ?? wallet.account.address;

function open<Opened>(
  io: Io,
  { withCode: byCode }: Record<string, unknown>,
  use: (way: UnlockWith) => Promise<Opened>,
) {
  return byCode === true ? withCode(io, use) : withWallet(io, use);
}

/** Shows the code before it is the one that counts: were it shown afterwards, it could be lost in between. */
async function publish(io: Io, session: Session, { recoveryCode, publish: send }: PreparedVault) {
  io.stderr(
    `Recovery code: ${recoveryCode}\nWrite it down now and keep it apart from this machine. It is shown only once, and whoever has it can open your vault.\n`,
  );
  await send(phases(io));
  const account = accountOf(session);
  return { json: { account }, lines: [`The vault of ${account} is ready, and opens with this code.`] };
}

/** Asks for a new passcode; twice when it is typed, unseen. */
async function newPasscode(io: Io): Promise<string> {
  const passcode = await io.readSecret("New passcode: ");
  if (io.isTyped && (await io.readSecret("Once more: ")) !== passcode)
    throw new ChartkeyError("PASSCODE_MISTYPED", "The two passcodes are not the same. Nothing was changed.");
  return passcode;
}

const create: Spec = {
  name: "vault create",
  summary: "Make your keys and publish the public one. Prints the recovery code once, to stderr.",
  options: [new Option("--no-wallet", "the recovery code alone opens it: for accounts with code")],
  example: "",
  async run(io, { wallet }) {
    const session = await openSession(io);
    return publish(io, session, await prepareVault(session, wallet === false ? [] : [{ type: "wallet" }]));
  },
};

function describe(way: UnlockWay): string {
  if (way.type === "wallet") return `wallet    ${way.wallet}${way.passcode ? ", with a passcode" : ""}`;
  return way.type === "passkey" ? `passkey   ${toBase64Url(way.credential)}` : "recovery code";
}

const methods: Spec = {
  name: "vault methods",
  summary: "Show what opens your vault.",
  example: "",
  async run(io) {
    const session = await openSession(io);
    const ways = await readUnlockWays(session);
    const shown = ways.map((way) =>
      way.type === "passkey" ? { type: way.type, credential: toBase64Url(way.credential) } : way,
    );
    return { json: { account: accountOf(session), methods: shown }, lines: ways.map(describe) };
  },
};

const recovery: Spec = {
  name: "vault recovery",
  summary: "Make a new recovery code, printed once, to stderr. The one before opens your vault no longer.",
  options: [withCodeOption()],
  example: "",
  async run(io, options) {
    const session = await openSession(io);
    return publish(io, session, await open(io, options, (way) => prepareRecoveryCode(session, way)));
  },
};

const rotate: Spec = {
  name: "vault rotate",
  summary: "Publish a new encryption key. What was sealed to the one before still opens.",
  options: [withCodeOption()],
  example: "",
  async run(io, options) {
    const session = await openSession(io);
    await open(io, options, (way) => rotateKey(session, way, phases(io)));
    const account = accountOf(session);
    return { json: { account }, lines: [`The key of ${account} is a new one.`] };
  },
};

const passcode: Spec = {
  name: "vault passcode",
  summary: "Set or change the passcode that your vault asks for beside the wallet.",
  options: [withCodeOption(), new Option("--remove", "the wallet alone opens it from now on")],
  example: "",
  async run(io, options) {
    const session = await openSession(io);
    const remove = options["remove"] === true;
    // Before the vault is opened, since opening asks again when it needs the passcode until now.
    const added = { type: "wallet", ...(remove ? {} : { passcode: await newPasscode(io) }) } as const;
    await open(io, options, (way) => addUnlockWay(session, way, added, phases(io)));
    const account = accountOf(session);
    const line = remove
      ? `The wallet alone opens the vault of ${account}.`
      : `The vault of ${account} asks for the passcode.`;
    return { json: { account, passcode: !remove }, lines: [line] };
  },
};

const renew: Spec = {
  name: "vault renew",
  summary:
    "Make the vault anew with its recovery code: as an account's successor, or when stores have lost it. Prints a new code, to stderr.",
  options: [new Option("--no-wallet", "the recovery code alone opens it: for accounts with code")],
  example: "",
  async run(io, { wallet }) {
    const session = await openSession(io);
    const ways = wallet === false ? [] : ([{ type: "wallet" }] as const);
    const renewal = await withCode(io, (way) => prepareRenewal(session, way, ways));
    if (renewal.opened < renewal.newest)
      io.stderr(
        `Version ${renewal.newest} is lost or does not open with this code; this is version ${renewal.opened}.\n`,
      );
    return publish(io, session, renewal);
  },
};

export const vaultCommands: readonly Spec[] = [create, methods, recovery, rotate, passcode, renew];
