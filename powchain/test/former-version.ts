import { brotliDecompressSync } from "node:zlib";
import type { Hex } from "viem";

/** blocks.dat of three blocks as powchain wrote it before there was a state.dat: `deployment` below, and two calls of it, by Alice. */
export const FORMER_BLOCKS = brotliDecompressSync(
  Buffer.from(
    "G68HIGYAr7UtShflfV2Al+grP+jBmzvP9i3SeX1MdICJB+wDioqWyfNIssQ4YsZ9IHG2881mprYvGD8pAADAOs3g3Ruf3yn15JNFeCto/LsCA4" +
      "RVsU02Fbgly0ZEofnb/IVJAABFcb2WjxsW1s/9CYX/BP8gyztCWPaMX9zbdE7ozRj3ndjDMJ5SajOV50ZRfWjW+IvClOmWA/2Rbun/OxAR/xA9" +
      "kusDou7L3N3dW6kxTkYb/ej46NFO/BknpTU0BY3o//9C8qJNDOtdXE9r+1dtOjHqMgVnj+2r6NymwCvUPIy8bcL4mWfJCFJ/sBK7/6eDRv+6JW" +
      "g2etqIlan5hJRPYH8aBCyBAtHg9iqcdjWIDsQXLIER8L21ee+Ph4EFnf/aHfIwTzA9+Nc/fh4eoVdNJHl/Fa9lA3abgpbmC1v6EToVDP0ISDMV" +
      "gMEMyIroCZCORYKC4fJATU1rTVcLTTd212bA1cKN2I368xKIPB7T+9kXR3EdnXywWcZ6r4jri75vApgm8pB+81HvII4uYhFaInz1QcGSpveb41" +
      "difnaEp/IQembJX2Pqcvj/T2n80gkGXoYaXcEJbs8PB1EvEhJFG3ehazBxWS8LIzhesOO3UIIHVfE85V5d905koPNy4ObuYLEgMXOGVkI/pkZ7" +
      "imCm8sR3dm6xdPsCKo9GGLWTe//8rhMp8LGgxqHHqM9k46VO8jk71uJrxOZT5UAIA96q/jJndfzY+Dz7UlA2Jn3rVcirpg/GHDKNXiODwrtqsS" +
      "vwW8CGB7GEC3IUZPpcRWkyVIiFM/TwI7+mN8H63PyPjx7DBjiftJQG9r9geXV00riJEKFFusbfl8Etl38j3I6Fyavf9q5H4pWIWlzszv1OhOEl" +
      "GOFQv2/3ptROgO7rfdeJmHcUlVY2/3/0+tx3J2G2NGJzL0MSrJP4RRPUTqSevmjX4zPQN3YRLx6Y4D5+KdjZJfHpl6TAXiiQPuC+tcXhOErgeB" +
      "CEg5Gl6R0zOv8z2ag/9YVdVU4bu5/f0FfWtmZbBhMNGwcCirjdainoe5DMeAL+e5SDLPRlmhpFPamr8NwIeT/Xj3eKQRUNSJTAU8aoCN1uwPOr" +
      "97PnCsDEysP2slqkrjTN9/HadMPk+dEL/VSbMW33kg5qMZuRBMqrOzq/TEf1DXwZAuJhYEwUMKUOKxncJH/5+iZu6rnOiPNpcvbnGF9/eyNiB9" +
      "VZets8fcY6WREONN/313ndoRUke8c+ys+g/GP3zC7ldgSVHT8CBGy7rnA1GV/OAfbBHxBxsmX6hrjhqvTmlZbzgx09JfPmcK1nJV8REpYme6/7" +
      "7Es=",
    "base64",
  ),
);

export const FORMER_HEAD: Hex = "0x791bf723813109cec4ce299d87881f6e56c4fffd983087f48fdc637d73ff54a4";
