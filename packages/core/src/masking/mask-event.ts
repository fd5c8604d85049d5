import type { CaptureEvent } from "../events/event.js";
import { maskArguments } from "./mask-arguments.js";
import { maskUrlPath } from "./mask-url-path.js";

/** Masks the secrets in an event; nothing is stored or shown that has not been through here. */
export function maskEvent(event: CaptureEvent): CaptureEvent {
  switch (event.type) {
    case "process.exec":
    case "network.connect": {
      const { args } = event.process;
      if (args === undefined) return event;
      return { ...event, process: { ...event.process, args: maskArguments(args) } } as CaptureEvent;
    }
    case "http.request":
      return { ...event, url: { ...event.url, path: maskUrlPath(event.url.path) } };
    default:
      return event;
  }
}
