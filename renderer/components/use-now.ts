import { useEffect, useState } from 'react';

/** The present time in ms, renewed every `everyMs`, for texts such as "in 3 minutes". */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
