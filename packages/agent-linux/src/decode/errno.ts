/** Names of the errors that a connect(2) ends with on Linux (include/uapi/asm-generic/errno.h). */
const names: ReadonlyMap<number, string> = new Map([
  [1, "EPERM"],
  [2, "ENOENT"],
  [9, "EBADF"],
  [11, "EAGAIN"],
  [12, "ENOMEM"],
  [13, "EACCES"],
  [14, "EFAULT"],
  [22, "EINVAL"],
  [32, "EPIPE"],
  [71, "EPROTO"],
  [88, "ENOTSOCK"],
  [91, "EPROTOTYPE"],
  [93, "EPROTONOSUPPORT"],
  [95, "EOPNOTSUPP"],
  [97, "EAFNOSUPPORT"],
  [98, "EADDRINUSE"],
  [99, "EADDRNOTAVAIL"],
  [100, "ENETDOWN"],
  [101, "ENETUNREACH"],
  [103, "ECONNABORTED"],
  [104, "ECONNRESET"],
  [105, "ENOBUFS"],
  [110, "ETIMEDOUT"],
  [111, "ECONNREFUSED"],
  [112, "EHOSTDOWN"],
  [113, "EHOSTUNREACH"],
]);

export function errnoName(error: number): string {
  return names.get(error) ?? `errno ${error}`;
}
