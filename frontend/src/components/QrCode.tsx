import { encode } from "uqr";

export interface QrCodeProps {
  readonly value: string;
  /** Says what the code holds. */
  readonly label: string;
  readonly className?: string;
  /** How much of it may be hidden or torn: L 7 %, M 15 %. */
  readonly ecc?: "L" | "M";
}

/** A QR code, always dark on white: readers want it so. */
export function QrCode({ value, label, className = "ck-qr", ecc = "L" }: QrCodeProps) {
  const { data, size } = encode(value, { ecc, border: 2 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg
      className={className}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path fill="#14171d" d={path} />
    </svg>
  );
}
