import { addressClass } from "../../src/endpoint/address.js";
import type { Call } from "../../src/run/call.js";

/** A call that is as bare as it can be. */
export function callTo(host: string, ip: string, port = 443): Call {
  return {
    id: "c",
    runKey: "r",
    time: 0,
    endpoint: { host, port },
    verdict: "undecided",
    transport: "tcp",
    ip,
    addressClass: addressClass(ip),
    names: [],
    processId: "p",
    pid: 1,
    commandLine: "",
    http: [],
  };
}
