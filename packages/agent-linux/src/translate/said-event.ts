import type { CaptureEvent } from "@straycall/core";
import type { Fact } from "../decode/fact.js";
import type { HttpHead } from "../parse/http-head.js";
import type { EventMaker } from "./event-maker.js";
import type { OpenCall } from "./open-calls.js";
import type { Said } from "./utterance.js";

/** A ClientHello or a request, as an event. */
export function saidEvent(maker: EventMaker, call: OpenCall, at: Fact, said: Said): CaptureEvent {
  const connection = { id: call.id };
  if ("head" in said) {
    return maker.make("http.request", at, {
      connection,
      http: { request: { method: said.head.method } },
      url: urlOf(said.head),
    });
  }
  const { serverName, nextProtocols } = said.hello;
  return maker.make("tls.hello", at, {
    connection,
    tls: {
      client: serverName === undefined ? {} : { server_name: serverName },
      ...(nextProtocols.length === 0 ? {} : { next_protocols: nextProtocols }),
    },
  });
}

/** A proxy is sent whole URLs (RFC 9112, 3.2.2): they say where the request goes, the Host header should agree. */
function urlOf({ target, host }: HttpHead): { domain?: string; path: string } {
  const [, authority, path] = /^https?:\/\/([^/?#]{1,255})(.*)$/is.exec(target) ?? [];
  const domain = authority?.replace(/^.*@/, "").toLowerCase() || host;
  return { ...(domain === undefined ? {} : { domain }), path: path ?? target };
}
