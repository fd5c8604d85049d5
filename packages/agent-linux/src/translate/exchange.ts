import type { CaptureEvent } from "@straycall/core";
import type { Fact } from "../decode/fact.js";
import type { EventMaker } from "./event-maker.js";
import type { HeardHead } from "./request-reader.js";
import type { HeardResponse } from "./response-reader.js";
import { requestEvent } from "./said-event.js";

/** The call that they are made on. */
export interface RequestingCall {
  id: string;
  /** Requests that were told. */
  requests: number;
}

/** Requests on one connection, in clear or inside TLS, and their answers. */
export interface Exchange {
  request(call: RequestingCall, at: Fact, head: HeardHead): CaptureEvent;
  /** Nothing if it is not certain which request it answers. */
  response(call: RequestingCall, at: Fact, response: HeardResponse): CaptureEvent[];
}

/** A server that answers none of these is one to give up on. */
const maxUnanswered = 256;

export function exchange(maker: EventMaker): Exchange {
  const byStream = new Map<number, string>();
  /** The only HTTP/1 request that waits for its answer. */
  let only: string | undefined;
  /** Several wait: whose answer comes next is uncertain from then on, since not all are seen. */
  let isPipelined = false;

  const expectAnswer = (id: string, stream: number | undefined) => {
    if (stream === undefined) {
      isPipelined ||= only !== undefined;
      only = id;
      return;
    }
    byStream.set(stream, id);
    if (byStream.size > maxUnanswered) byStream.delete(byStream.keys().next().value ?? stream);
  };

  const take = (stream: number | undefined): string | undefined => {
    if (stream === undefined) {
      const id = isPipelined ? undefined : only;
      only = undefined;
      return id;
    }
    const id = byStream.get(stream);
    byStream.delete(stream);
    return id;
  };

  return {
    request(call, at, head) {
      call.requests += 1;
      const id = String(call.requests);
      expectAnswer(id, head.stream);
      return requestEvent(maker, call, at, head, id);
    },
    response(call, at, { status, stream }) {
      const id = take(stream);
      if (id === undefined) return [];
      const http = { request: { id }, response: { status_code: status } };
      return [maker.make("http.response", at, { connection: { id: call.id }, http })];
    },
  };
}
