import { icons, type IconName } from "./icons.ts";

export interface IconProps {
  readonly name: IconName;
  /** Turns with the writing direction: arrows and chevrons. */
  readonly directional?: boolean;
}

/** A decorative glyph; the word for it stands beside it or in a label. */
export function Icon({ name, directional = false }: IconProps) {
  const source = icons[name];
  const inner = source.slice(source.indexOf(">") + 1, source.lastIndexOf("</svg>"));
  return (
    <svg
      className={directional ? "ck-i ck-i-dir" : "ck-i"}
      viewBox="0 0 16 16"
      aria-hidden="true"
      // The glyphs are constants of the build, no user's text.
      dangerouslySetInnerHTML={{ __html: inner }}
    />
  );
}
