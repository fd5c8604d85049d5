/** What no look at /proc can tell, one sentence each. */
export const pollingBlindSpots: readonly string[] = [
  "Polling /proc, without kernel programs: what begins and ends between two looks is missed or has no process.",
  "Processes that begin and end between two looks are not seen.",
  "Names are not seen: endpoints are addresses.",
  "UDP, ICMP and raw packets sent without a connect, packet sockets and io_uring's own sends are not seen.",
  "TLS server names and HTTP requests are not seen.",
  "Why a connect failed, and the exit status of processes, are not seen.",
];

export const noEndedSockets =
  "This kernel does not tell of ended sockets: calls between two looks, and bytes, are not seen.";
export const otherNetworks =
  "In network namespaces other than the agent's, calls between two looks, and bytes, are not seen.";
export const shared =
  "Short TCP calls are counted and not told, where processes other than the watched ones use the same network.";
