import { expect } from "chai";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import hre from "hardhat";

const folder = join(import.meta.dirname, "../../contracts");
const deployables = (await readdir(folder)).filter((name) => name.endsWith(".sol"));
const libraries = (await readdir(join(folder, "libraries"))).map((name) => join("libraries", name));

const abstracts = (await readdir(join(folder, "abstracts"))).map((name) => join("abstracts", name));

const FORBIDDEN = [
  /tx\.origin/,
  /\bdelegatecall\b/,
  /\bselfdestruct\b/,
  /\bblockhash\b/,
  /\bprevrandao\b/,
  /\.call[({]/,
  /\bassembly\b/,
  /\bunchecked\b/,
];

describe("Sources", () => {
  for (const name of [...deployables, ...abstracts, ...libraries]) {
    it(`P53 ${name} uses nothing dangerous and stays within 250 lines`, async () => {
      const source = await readFile(join(folder, name), "utf8");
      for (const pattern of FORBIDDEN) expect(source).to.not.match(pattern);
      expect(source.trimEnd().split("\n").length).to.be.at.most(250);
    });
  }

  it("P51 there are three loops, over what the caller sends and of a length that is capped", async () => {
    const found: string[] = [];
    for (const name of [...deployables, ...abstracts, ...libraries]) {
      const source = await readFile(join(folder, name), "utf8");
      for (const [loop] of source.matchAll(/\b(?:for|while) \(.*?\) |\bdo \{/g)) found.push(`${name}: ${loop.trim()}`);
    }
    expect(found.sort()).to.deep.equal([
      // At most 31 days.
      "Appointments.sol: for (uint32 i = 0; i < open.length; ++i)",
      // A view: it ends with the levels of the tree, at most 32.
      "libraries/Merkle.sol: for (uint256 i = 0; i < proof.length; ++i)",
      "libraries/Merkle.sol: while (index % 2 == 0 && index != 0)",
    ]);
  });

  it("P34 a ledger's head is only ever replaced by the head after it, and nothing is deleted", async () => {
    const source = await readFile(join(folder, "RecordRegistry.sol"), "utf8");
    const writes = [...source.matchAll(/head\[\w+\] (?:\W?=) .*/g)].map(([write]) => write);
    expect(writes).to.deep.equal(["head[patient] = recordId;", "head[patient] = recordId;"]);
    const heads = [...source.matchAll(/\brecordId = (.*?\()/g)].map(([, made]) => made);
    expect(heads).to.deep.equal(["Ledger.batch(", "Ledger.single("]);
    expect(source).to.not.match(/\bdelete\b/);
  });

  it("P50 nothing takes ether but a booking", async () => {
    const payable: string[] = [];
    for (const name of deployables.map((file) => file.replace(".sol", ""))) {
      const { abi } = await hre.artifacts.readArtifact(name);
      const items = abi as { type: string; name?: string; stateMutability?: string }[];
      for (const { type, name: member, stateMutability } of items) {
        if (stateMutability === "payable" || type === "receive" || type === "fallback") {
          payable.push(`${name}.${member ?? type}`);
        }
      }
    }
    expect(payable).to.deep.equal(["Appointments.book", "Appointments.bookBySig"]);
  });

  for (const name of deployables) {
    it(`P54 ${name} is well below the size that Ethereum allows`, async () => {
      const { deployedBytecode } = await hre.artifacts.readArtifact(name.replace(".sol", ""));
      expect(deployedBytecode.length / 2 - 1).to.be.within(1, 24_576 * 0.6);
    });
  }
});
