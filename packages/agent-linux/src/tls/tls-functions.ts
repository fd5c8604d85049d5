import { bytesOfFile } from "../elf/elf-tables.js";
import { exportedFunctions } from "../elf/exported-functions.js";
import { goFunctions } from "../elf/go-functions.js";

/** A function of a TLS library, and the programs of bpf/tls-write.h that run where it begins and where it returns. */
export interface TlsFunction {
  name: string;
  programs: readonly string[];
}

/** Where in a file a program is to run. */
export interface ProbePlace {
  program: string;
  offset: number;
}

const write = ["on_tls_write", "on_tls_written"];

/** What OpenSSL (1.1, 3, and what is compatible) and GnuTLS export. */
const exported: readonly TlsFunction[] = [
  { name: "SSL_write", programs: write },
  { name: "SSL_write_ex", programs: ["on_tls_write_ex", "on_tls_written"] },
  { name: "SSL_free", programs: ["on_tls_free"] },
  { name: "SSL_read", programs: ["on_tls_read", "on_tls_was_read"] },
  { name: "SSL_read_ex", programs: ["on_tls_read_ex", "on_tls_was_read"] },
  { name: "gnutls_record_send", programs: write },
  { name: "gnutls_record_recv", programs: ["on_tls_read", "on_tls_was_read"] },
  { name: "gnutls_deinit", programs: ["on_tls_free"] },
];

/** Of Go's own library. Not where they return: that breaks the stacks of Go, which move. */
const inGo: readonly TlsFunction[] = [
  { name: "crypto/tls.(*Conn).Write", programs: ["on_go_tls_write"] },
  { name: "crypto/tls.(*Conn).Close", programs: ["on_go_tls_close"] },
];

export const tlsFunctions: readonly TlsFunction[] = [...exported, ...inGo];

/**
 * Where in a file each program is to run.
 *
 * @param fd of the file; stays open
 * @throws Error if the file holds a TLS library that is unlike those known
 */
export function tlsProbePlaces(fd: number): ProbePlace[] {
  const offsets = new Map([
    ...exportedFunctions(fd, namesOf(exported)),
    ...goFunctions(bytesOfFile(fd), namesOf(inGo)),
  ]);
  return tlsFunctions.flatMap(({ name, programs }) => {
    const offset = offsets.get(name);
    return offset === undefined ? [] : programs.map((program) => ({ program, offset }));
  });
}

function namesOf(functions: readonly TlsFunction[]): string[] {
  return functions.map(({ name }) => name);
}
