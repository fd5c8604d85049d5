import { ulid } from "ulid";
import type { CaptureEvent } from "./event.js";
import type { ParsedEvents, RejectedEvent } from "./parse-events.js";

/**
 * The event that says that others were refused, so that the run's coverage tells it too; `undefined` if none was.
 *
 * Its id comes from what was refused: a batch that is sent again does not count twice.
 */
export async function rejectedAsLost(
  raw: readonly unknown[],
  { rejected }: ParsedEvents,
  now: number,
): Promise<CaptureEvent | undefined> {
  const [first] = rejected;
  if (first === undefined) return undefined;
  return {
    id: `refused-${await digest(rejected.map(({ index }) => raw[index]))}`,
    time: now,
    type: "capture.lost",
    lost: {
      count: rejected.length,
      reason: `refused at the border, the first for ${problemOf(first)}`.slice(0, 512),
    },
  };
}

async function digest(refused: readonly unknown[]): Promise<string> {
  try {
    const bytes = new TextEncoder().encode(JSON.stringify(refused));
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  } catch {
    // What an agent in this process made may not survive JSON.
    return ulid();
  }
}

const problemOf = ({ field, message }: RejectedEvent) => (field ? `${field}: ${message}` : message);
