/** The Chartkey mark: a key whose bit is a chart. */
export function Mark() {
  return (
    <svg
      viewBox="0 0 28 28"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.6"
      strokeLinecap="round"
    >
      <circle cx="8" cy="10.5" r="5" />
      <path d="M13 10.5h12M17 10.5v5M21 10.5v8M25 10.5v11" />
    </svg>
  );
}
