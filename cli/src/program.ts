import { Command, CommanderError, type Option } from "commander";
import { accessLogCommand } from "./commands/access-log.ts";
import { attachCommand } from "./commands/attach.ts";
import { availabilityCommand } from "./commands/availability.ts";
import { bookCommand } from "./commands/book.ts";
import { cardCommand } from "./commands/card.ts";
import { checkpointCommand } from "./commands/checkpoint.ts";
import { claimCommand } from "./commands/claim.ts";
import { confirmCommand } from "./commands/confirm.ts";
import { delegateCommands } from "./commands/delegate.ts";
import { deliveriesCommand } from "./commands/deliveries.ts";
import { dispenseCommand } from "./commands/dispense.ts";
import { emergencyCommands } from "./commands/emergency.ts";
import { emergencySetCommands } from "./commands/emergency-set.ts";
import { exportCommand } from "./commands/export.ts";
import { grantCommand } from "./commands/grant.ts";
import { hospitalCommand } from "./commands/hospital.ts";
import { importCommand } from "./commands/import.ts";
import { inviteCommand } from "./commands/invite.ts";
import { linkCommands } from "./commands/link.ts";
import { openCommand } from "./commands/open.ts";
import { outboxCommands } from "./commands/outbox.ts";
import { repairCommand } from "./commands/repair.ts";
import { prescribeCommand } from "./commands/prescribe.ts";
import { recordCommands } from "./commands/record.ts";
import { revokeCommand } from "./commands/revoke.ts";
import { rxCancelCommand, rxShowCommand } from "./commands/rx.ts";
import { shareCommands } from "./commands/share.ts";
import { stagedCommands } from "./commands/staged.ts";
import { timelineCommand } from "./commands/timeline.ts";
import { vaultCommands } from "./commands/vault.ts";
import { verifyPrescriptionCommand } from "./commands/verify-prescription.ts";
import { verifyCommand } from "./commands/verify.ts";
import { visitsCommand } from "./commands/visits.ts";
import { whoamiCommand } from "./commands/whoami.ts";
import { type Spec, addCommand } from "./command.ts";
import { toShown } from "./errors.ts";
import { type Io, toJson } from "./io.ts";
import { refuseSecrets } from "./keys.ts";

const SPECS: readonly Spec[] = [
  whoamiCommand,
  ...vaultCommands,
  ...hospitalCommand,
  inviteCommand,
  claimCommand,
  confirmCommand,
  grantCommand,
  revokeCommand,
  ...delegateCommands,
  ...emergencyCommands,
  ...emergencySetCommands,
  availabilityCommand,
  bookCommand,
  visitsCommand,
  prescribeCommand,
  rxShowCommand,
  rxCancelCommand,
  dispenseCommand,
  verifyPrescriptionCommand,
  importCommand,
  ...stagedCommands,
  attachCommand,
  ...outboxCommands,
  timelineCommand,
  deliveriesCommand,
  openCommand,
  ...recordCommands,
  ...shareCommands,
  ...linkCommands,
  cardCommand,
  exportCommand,
  repairCommand,
  verifyCommand,
  checkpointCommand,
  accessLogCommand,
];

const ENVIRONMENT = `
Environment:
  CHARTKEY_PRIVATE_KEY   your account's key, 32 bytes in hex
  CHARTKEY_KEYSTORE      or: a keystore file (version 3), with its password in CHARTKEY_PASSWORD
  CHARTKEY_PASSCODE      your vault's passcode, if it has one; without it you are asked
  CHARTKEY_ACCOUNT       the account that yours acts for, as its successor or delegate
  CHARTKEY_OUTBOX        a directory for drafts, encrypted, of what you write; without it none are kept
  CHARTKEY_RPC_URL       the chain, default http://127.0.0.1:8545
  CHARTKEY_STORE_URL     the content stores, separated by commas; default http://127.0.0.1:5001

Exit codes: 0 done, 1 failed, 2 partially refused (import).`;

function build(io: Io, finish: (exitCode: number) => void): Command {
  const program = new Command("chartkey")
    .description("Health records on Ethereum, with the key in the patient's hands.")
    .addHelpText("after", ENVIRONMENT)
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr, outputError: () => {} });
  for (const spec of SPECS) addCommand(program, spec, io, finish);
  return program;
}

/** Whether an argument list asks for JSON, known before it is parsed so that its own errors are JSON too. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).includes("--json" satisfies Option["long"]);
}

/** Runs one command line. Returns the exit code; throws nothing. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let exitCode = 0;
  try {
    refuseSecrets(argv);
    const program = build(io, (code) => (exitCode = code));
    if (argv.length === 0) program.help();
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommanderError && error.code === "commander.help") return 1;
    const { code, message } = toShown(error);
    if (wantsJson(argv)) io.stdout(toJson({ error: { code, message } }));
    io.stderr(`${message} [${code}]\n`);
    return 1;
  }
}
