import { useRef, useState } from 'react';
import type { FoundMessage } from '../../worker/protocol';
import { useCalls } from './calls';

/** Wall time between two looks for a message that was just sent, and how often it is looked for. */
const LOOK_MS = 150;
const LOOKS = 20;

interface FollowSent {
  /** Name of the message that is followed; `none` when it was looked for in vain. */
  readonly followed: string | null;
  /** Sends by `send` and follows the message of that key which was not there before. */
  readonly follow: (key: string, send: () => void) => void;
}

export function useFollowSent(): FollowSent {
  const { find, follow } = useCalls();
  const [followed, setFollowed] = useState<string | null>(null);
  const latest = useRef(0);

  const newest = async (key: string): Promise<FoundMessage | undefined> => {
    const found = (await find(key)).filter((each) => each.key === key);
    return found.reduce<FoundMessage | undefined>(
      (best, each) => (best === undefined || each.message > best.message ? each : best),
      undefined,
    );
  };

  const sendAndLook = async (key: string, send: () => void) => {
    latest.current++;
    const mine = latest.current;
    const before = (await newest(key))?.message ?? -1;
    send();
    for (let look = 0; look < LOOKS && latest.current === mine; look++) {
      const found = await newest(key);
      if (found !== undefined && found.message > before) {
        setFollowed(found.name);
        follow(found.message);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    if (latest.current === mine) setFollowed('none');
  };

  return {
    followed,
    follow: (key, send) => {
      setFollowed(null);
      void sendAndLook(key, send);
    },
  };
}
