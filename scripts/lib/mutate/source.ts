import type { AstNode } from "../solidity.ts";

export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** A source text by the places of its syntax nodes, which the compiler counts in bytes. */
export class Source {
  readonly #bytes: Buffer;

  constructor(text: string) {
    this.#bytes = Buffer.from(text);
  }

  /** Place of a node; a statement's semicolon is no part of it. */
  span({ src }: AstNode): Span {
    const [offset = 0, length = 0] = src.split(":").map(Number);
    return { offset, length };
  }

  /** Place of a statement with its semicolon. */
  statementSpan(node: AstNode): Span {
    const { offset, length } = this.span(node);
    const semicolon = /^\s*;/.exec(this.slice(offset + length, offset + length + 100));
    return { offset, length: length + (semicolon?.[0].length ?? 0) };
  }

  slice(start: number, end: number): string {
    return this.#bytes.subarray(start, end).toString();
  }

  text(node: AstNode): string {
    const { offset, length } = this.span(node);
    return this.slice(offset, offset + length);
  }

  lineAt(offset: number): number {
    return this.slice(0, offset).split("\n").length;
  }

  /** The whole text with other bytes in one place. */
  replace({ offset, length }: Span, by: string): string {
    return this.slice(0, offset) + by + this.slice(offset + length, this.#bytes.length);
  }
}
