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
  /\bpayable\b/,
];

describe("Sources", () => {
  for (const name of [...deployables, ...abstracts, ...libraries]) {
    it(`P50 P53 ${name} uses nothing dangerous, takes no ether and stays within 250 lines`, async () => {
      const source = await readFile(join(folder, name), "utf8");
      for (const pattern of FORBIDDEN) expect(source).to.not.match(pattern);
      expect(source.split("\n").length).to.be.at.most(250);
    });
  }

  for (const name of deployables) {
    it(`P54 ${name} is below half of the size that Ethereum allows`, async () => {
      const { deployedBytecode } = await hre.artifacts.readArtifact(name.replace(".sol", ""));
      expect(deployedBytecode.length / 2 - 1).to.be.within(1, 24_576 / 2);
    });
  }
});
