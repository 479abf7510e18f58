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
      expect(source.split("\n").length).to.be.at.most(250);
    });
  }

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
    it(`P54 ${name} is below half of the size that Ethereum allows`, async () => {
      const { deployedBytecode } = await hre.artifacts.readArtifact(name.replace(".sol", ""));
      expect(deployedBytecode.length / 2 - 1).to.be.within(1, 24_576 / 2);
    });
  }
});
