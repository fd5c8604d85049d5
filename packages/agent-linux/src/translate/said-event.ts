import type { CaptureEvent, EventOf } from "@straycall/core";
import type { Fact } from "../decode/fact.js";
import type { ClientHello } from "../parse/client-hello.js";
import type { HttpHead } from "../parse/http-head.js";
import type { EventMaker } from "./event-maker.js";

export function helloEvent(
  maker: EventMaker,
  call: { id: string },
  at: Fact,
  { serverName, nextProtocols }: ClientHello,
): CaptureEvent {
  return maker.make("tls.hello", at, {
    connection: { id: call.id },
    tls: {
      client: serverName === undefined ? {} : { server_name: serverName },
      ...(nextProtocols.length === 0 ? {} : { next_protocols: nextProtocols }),
    },
  });
}

/** @param id unique within the call */
export function requestEvent(
  maker: EventMaker,
  call: { id: string },
  at: Fact,
  head: HttpHead,
  id: string,
): EventOf<"http.request"> {
  const { method, bodyBytes } = head;
  const body = bodyBytes === undefined ? {} : { body: { bytes: bodyBytes } };
  return maker.make("http.request", at, {
    connection: { id: call.id },
    http: { request: { id, method, ...body } },
    url: urlOf(head),
  });
}

/** A proxy is sent whole URLs (RFC 9112, 3.2.2): they say where the request goes, the Host header should agree. */
function urlOf({ target, host }: HttpHead): { domain?: string; path: string } {
  const [, authority, path] = /^https?:\/\/([^/?#]{1,255})(.*)$/is.exec(target) ?? [];
  const domain = authority?.replace(/^.*@/, "").toLowerCase() || host;
  return { ...(domain === undefined ? {} : { domain }), path: path ?? target };
}
