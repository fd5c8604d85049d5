import type { CaptureEvent } from "@straycall/core";
import type { ExecFact } from "../decode/fact.js";
import { transportOf } from "../translate/call-events.js";
import type { EventMaker } from "../translate/event-maker.js";
import type { ConnectCounter } from "./connect-counter.js";
import type { DestroyedSocket } from "./destroyed-socket.js";
import { type SocketEntry, socketKey } from "./socket-table.js";

type Socket = Pick<SocketEntry, "protocol" | "local" | "remote">;

/** The calls that were told, and the events that tell of them. */
export interface CallBook {
  /** Tells of a call; without an owner nobody knows who made it. */
  begin(socket: Socket, network: number | undefined, owner?: ExecFact): CaptureEvent;
  isOpen(socket: Socket, network: number | undefined): boolean;
  result(
    socket: Socket,
    network: number | undefined,
    result: "established" | "failed",
  ): CaptureEvent[];
  /** Tells of the end, with what is known of its bytes. */
  close(socket: Socket, network: number | undefined, end?: DestroyedSocket): CaptureEvent[];
}

export const tcp = 6;
export const udp = 17;
/** What the two ends of a connection add to the bytes that the kernel counts as confirmed. */
const connectByte = 1;

export function callBook(
  maker: EventMaker,
  counter: ConnectCounter,
  now: () => number,
  isEarlier: (key: string) => boolean,
): CallBook {
  const open = new Map<string, string>();
  let calls = 0;
  const keyIn = (socket: Socket, network: number | undefined) => `${network} ${socketKey(socket)}`;

  return {
    begin(socket, network, owner) {
      calls += 1;
      const id = `${maker.prefix}-call-${calls}`;
      open.set(keyIn(socket, network), id);
      const { protocol, remote } = socket;
      if (protocol === tcp && network !== undefined && !isEarlier(socketKey(socket))) {
        counter.told(network);
      }
      return maker.make(
        "network.connect",
        { time: now() },
        {
          connection: { id },
          process:
            owner === undefined
              ? { pid: 0 }
              : { ...maker.processRef(owner.process), user: { id: owner.process.userId } },
          source: socket.local,
          destination: remote,
          network: {
            transport: transportOf(protocol),
            ...(network === undefined ? {} : { namespace: String(network) }),
          },
        },
      );
    },
    isOpen: (socket, network) => open.has(keyIn(socket, network)),
    result(socket, network, result) {
      const id = open.get(keyIn(socket, network));
      if (id === undefined) return [];
      return [maker.make("network.result", { time: now() }, { connection: { id }, result })];
    },
    close(socket, network, end) {
      const key = keyIn(socket, network);
      const id = open.get(key);
      if (id === undefined) return [];
      open.delete(key);
      const sent = end?.bytesAcked;
      const received = end?.bytesReceived;
      return [
        maker.make(
          "network.close",
          { time: now() },
          {
            connection: { id },
            ...(sent === undefined ? {} : { source: { bytes: Math.max(0, sent - connectByte) } }),
            ...(received === undefined ? {} : { destination: { bytes: received } }),
          },
        ),
      ];
    },
  };
}
