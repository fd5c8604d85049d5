/** A function of a TLS library, and the programs of bpf/tls-write.h that run where it begins and where it returns. */
export interface TlsFunction {
  name: string;
  programs: readonly string[];
}

const write = ["on_tls_write", "on_tls_written"];

/** What OpenSSL (1.1, 3, and what is compatible) and GnuTLS export. */
export const tlsFunctions: readonly TlsFunction[] = [
  { name: "SSL_write", programs: write },
  { name: "SSL_write_ex", programs: ["on_tls_write_ex", "on_tls_written"] },
  { name: "SSL_free", programs: ["on_tls_free"] },
  { name: "gnutls_record_send", programs: write },
  { name: "gnutls_deinit", programs: ["on_tls_free"] },
];
