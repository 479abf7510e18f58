/**
 * Changes a contract in one place after the other and runs its Solidity tests on each changed contract:
 *
 *     npm run mutate -- <Contract> [--list] [--sample N [--seed S]] [--shard i/n]
 *
 * A mutant that no test notices survives, and is printed. Survivors that are no fault are in test/proofs/survivors.json
 * with the reason. Exits with 1 when the tests notice less than 97 % of the others.
 * The result is in test-results/mutation/<Contract>.json.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Judge, type Verdict } from "./lib/mutate/judge.ts";
import { type Mutant, mutantsOf } from "./lib/mutate/mutants.ts";
import { pick } from "./lib/mutate/sample.ts";
import { Source } from "./lib/mutate/source.ts";
import { isAccepted, readAccepted } from "./lib/mutate/survivors.ts";
import { targetOf } from "./lib/mutate/targets.ts";
import { Tests } from "./lib/mutate/tests.ts";
import { ROOT } from "./lib/settings.ts";
import { compile, firstError, sourceOf } from "./lib/solidity.ts";

const REQUIRED_SCORE = 97;

const short = (text: string) => JSON.stringify(text.length > 90 ? `${text.slice(0, 90)}...` : text);
const show = ({ line, within, kind, from, to }: Mutant) =>
  `${line} ${within || "constant"} ${kind} ${short(from)} -> ${short(to)}`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: "boolean", default: false },
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    shard: { type: "string" },
  },
});
const name = positionals[0];
if (name === undefined) throw new Error("Name a contract, as in: npm run mutate -- KeyDirectory");

const target = targetOf(name);
const text = sourceOf(target.file);
const parsed = compile(new Map([[target.file, text]]), { [target.file]: { "": ["ast"] } });
const tree = parsed.sources[target.file]?.ast;
if (tree === undefined) throw new Error(firstError(parsed) ?? `${target.file} has no syntax tree.`);
const source = new Source(text);
const all = mutantsOf(source, tree);
const chosen = pick(all, options);

if (options.list) {
  for (const mutant of chosen) console.log(show(mutant));
  console.log(`${chosen.length} mutants`);
  process.exit();
}

const began = performance.now();
const seconds = () => Math.round((performance.now() - began) / 1000);
const tests = new Tests();
const judge = new Judge(target, source, tests);
console.log(`${target.file}: ${await judge.baseline()} tests in ${target.tests.length} files pass in ${seconds()} s`);

const accepted = (await readAccepted()).filter(({ contract }) => contract === name);
const counts: Record<Verdict, number> = { stillborn: 0, equivalent: 0, killed: 0, survived: 0 };
const survivors: (Mutant & { accepted: boolean })[] = [];
const killers = new Map<string, number>();
for (const [index, mutant] of chosen.entries()) {
  const { verdict, killer } = await judge.judge(mutant);
  counts[verdict] += 1;
  if (killer !== undefined) killers.set(killer, (killers.get(killer) ?? 0) + 1);
  if (verdict === "survived") {
    const known = accepted.some((entry) => isAccepted(mutant, entry));
    survivors.push({ ...mutant, accepted: known });
    console.log(`${known ? "accepted" : "SURVIVED"} ${show(mutant)}`);
  }
  if (index % 50 === 49) console.log(`${index + 1} of ${chosen.length} mutants in ${seconds()} s`);
}

const ran = counts.killed + counts.survived;
const excused = survivors.filter((survivor) => survivor.accepted).length;
const percent = (whole: number) => (whole === 0 ? 100 : Math.floor((1000 * counts.killed) / whole) / 10);
const [rawScore, score] = [percent(ran), percent(ran - excused)];
/** An entry of the list that a test notices by now, or whose code is gone. Only a whole run can tell. */
const stale =
  chosen.length < all.length
    ? []
    : accepted.filter((entry) => !survivors.some((survivor) => isAccepted(survivor, entry)));
for (const { within, from, to } of stale)
  console.log(`test/proofs/survivors.json is stale: ${within} ${short(from)} -> ${short(to)}`);

const summary = {
  ...{ contract: name, mutants: all.length, tried: chosen.length, ...counts, accepted: excused, rawScore, score },
  ...{ seconds: seconds(), survivors, killers: Object.fromEntries([...killers].sort()) },
};
const folder = join(ROOT, "test-results/mutation");
await mkdir(folder, { recursive: true });
const suffix = options.shard === undefined ? "" : `.${options.shard.replace("/", "-of-")}`;
await writeFile(join(folder, `${name}${suffix}.json`), `${JSON.stringify(summary, null, 2)}\n`);
console.log(
  `${name}: ${chosen.length} mutants, ${counts.stillborn} stillborn, ${counts.equivalent} equivalent, ${ran} ran in ${seconds()} s;`,
  `${counts.killed} killed, ${counts.survived - excused} survived, ${excused} accepted;`,
  `score ${score} % (${rawScore} % with the accepted ones)`,
);
tests.close();
process.exitCode = score >= REQUIRED_SCORE && stale.length === 0 ? 0 : 1;
