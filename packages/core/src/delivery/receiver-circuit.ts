import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
} from "cockatiel";
import { StraycallError } from "../straycall-error.js";

/** How many attempts in a row fail until a receiver is left alone. */
const failuresToBreak = 5;
/** For how long; then one attempt says whether it is back. */
const breakMs = 30_000;

/** Leaves a receiver alone that is away, or that asks for it. */
export interface ReceiverCircuit {
  /** How many attempts may be made now: none, one to try it, or as many as there are. */
  allowance(): "none" | "one" | "all";
  /** Makes an attempt. Answers `false`, without making it, if the receiver is to be left alone. */
  attempt(send: () => Promise<void>): Promise<boolean>;
  /** Until when it is left alone, epoch milliseconds; `undefined` if it is not. */
  readonly pausedUntil: number | undefined;
}

export function receiverCircuit(now: () => number): ReceiverCircuit {
  const breaker = circuitBreaker(
    // One that asks for a pause is there.
    handleWhen((error) => retryAfterOf(error) === undefined),
    // For how long it stays open goes by the monitor's clock, below.
    { halfOpenAfter: 0, breaker: new ConsecutiveBreaker(failuresToBreak) },
  );
  let brokenUntil = 0;
  let askedUntil = 0;
  breaker.onBreak(() => {
    brokenUntil = now() + breakMs;
  });

  const isPaused = () => askedUntil > now();
  const isBroken = () => breaker.state === CircuitState.Open && brokenUntil > now();

  return {
    allowance() {
      if (isPaused() || isBroken()) return "none";
      return breaker.state === CircuitState.Closed ? "all" : "one";
    },
    async attempt(send) {
      if (isPaused() || isBroken()) return false;
      try {
        await breaker.execute(send);
        return true;
      } catch (error) {
        if (isBrokenCircuitError(error)) return false;
        const wait = retryAfterOf(error);
        if (wait !== undefined) askedUntil = Math.max(askedUntil, now() + wait);
        throw error;
      }
    },
    get pausedUntil() {
      const until = Math.max(isPaused() ? askedUntil : 0, isBroken() ? brokenUntil : 0);
      return until === 0 ? undefined : until;
    },
  };
}

/** How long a receiver that failed wants to be left alone, milliseconds. */
export function retryAfterOf(error: unknown): number | undefined {
  return error instanceof StraycallError ? error.retryAfterMs : undefined;
}
