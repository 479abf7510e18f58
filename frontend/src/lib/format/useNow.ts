import { useEffect, useState } from "react";

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** The time in Unix seconds, fresh to `every` seconds: what has ended leaves its list without a reload. */
export function useNow(every = 20): number {
  const [now, setNow] = useState(nowInSeconds);
  useEffect(() => {
    const timer = setInterval(() => setNow(nowInSeconds()), every * 1000);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
