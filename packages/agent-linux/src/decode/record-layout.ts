/** The layout of records: bpf/record.h has it in C, with the sizes asserted. All numbers are little endian. */
export const recordType = {
  exec: 1,
  fork: 2,
  exit: 3,
  call: 4,
  result: 5,
  close: 6,
  payload: 7,
  lookup: 8,
  cgroup: 9,
  tlsText: 12,
  tlsLink: 13,
  tlsEnd: 14,
  blocked: 15,
} as const;

/** Bytes that every record has, and what follows at which offset. */
export const headerSize = 48;
export const header = {
  type: 0,
  flags: 2,
  time: 8,
  pid: 16,
  thread: 20,
  start: 24,
  parentStart: 32,
  parentPid: 40,
  userId: 44,
} as const;

export const exec = {
  cgroup: 48,
  executableLength: 56,
  directoryLength: 60,
  argsLength: 64,
  environmentLength: 68,
  data: 72,
  argsCut: 1,
  environmentCut: 2,
  pathCut: 4,
} as const;

export const cgroup = { number: 48, pathLength: 56, path: 64, pathSize: 1024, size: 1088 } as const;

export const exit = { status: 48, size: 56 } as const;

/** A socket's cookie, and which of its calls. */
export const connection = { cookie: 48, generation: 56 } as const;

export const call = {
  family: 64,
  protocol: 66,
  port: 68,
  sourcePort: 70,
  address: 72,
  cgroup: 88,
  network: 96,
  size: 104,
} as const;

export const result = {
  error: 64,
  family: 68,
  sourcePort: 70,
  sourceAddress: 72,
  size: 88,
} as const;

export const close = {
  bytesOut: 64,
  bytesIn: 72,
  packetsOut: 80,
  packetsIn: 84,
  size: 88,
} as const;

export const payload = {
  sequence: 64,
  length: 68,
  protocol: 70,
  data: 72,
  inbound: 1,
  begins: 2,
  dns: 4,
  stranger: 8,
  loopback: 16,
  response: 32,
} as const;

export const lookup = {
  nameLength: 48,
  count: 52,
  name: 56,
  nameSize: 256,
  addresses: 312,
  addressSize: 20,
  maxAddresses: 16,
  size: 632,
} as const;

export const tlsText = {
  session: 48,
  sequence: 56,
  length: 60,
  data: 64,
  begins: 1,
  http2: 2,
  inbound: 4,
} as const;

export const tlsLink = { session: 64, size: 72 } as const;

export const tlsEnd = { session: 48, size: 56 } as const;

/** The rest is as in `call`. */
export const blocked = { nameLength: 100, name: 104, nameSize: 256 } as const;

export const addressFamily = { ipv4: 2, ipv6: 10 } as const;
