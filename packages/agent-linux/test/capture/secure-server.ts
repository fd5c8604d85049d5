import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { join } from "node:path";
import { type Listening, listen } from "./listen.js";

/** An HTTPS server for HTTP/1.1 and HTTP/2 that answers each request once it has all of it. */
export function secureServer(folder: string): Promise<Listening> {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const make = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1";
  const subject = ["-subj", "/CN=secure.example.test", "-keyout", key, "-out", cert];
  execFileSync("/usr/bin/openssl", [...make.split(" "), ...subject], { stdio: "ignore" });
  const files = { key: readFileSync(key), cert: readFileSync(cert) };
  const server = createSecureServer({ ...files, allowHTTP1: true });
  server.on("request", (asked, answer) => {
    asked.resume();
    asked.on("end", () => {
      answer.statusCode = asked.url === "/missing" ? 404 : 200;
      answer.end("ok");
    });
  });
  return listen(server, "127.0.0.1");
}
