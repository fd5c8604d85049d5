import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listen, listenHttp, listenTcp } from "./listen.js";
import { callsTo, ofType, record, recordPython, requireRoot } from "./record.js";

describe("what is said on a call, from the real kernel", () => {
  let folder: string;
  let web: Listening;
  let secure: Listening;

  beforeAll(async () => {
    requireRoot();
    folder = mkdtempSync(join(tmpdir(), "straycall-said-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1";
    const subject = ["-subj", "/CN=secure.example.test", "-keyout", key, "-out", cert];
    execFileSync("/usr/bin/openssl", [...request.split(" "), ...subject], { stdio: "ignore" });
    web = await listenHttp("127.0.0.1", (request, response) => {
      response.statusCode = request.url === "/missing" ? 404 : 200;
      response.end("ok");
    });
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) });
    server.on("request", (_, response) => response.end("ok"));
    secure = await listen(server, "127.0.0.1");
  });
  afterAll(async () => {
    await web.close();
    await secure.close();
    rmSync(folder, { recursive: true });
  });

  it("tells the method, the host and the path of an HTTP request", async () => {
    const recording = await record([
      ...[
        "/usr/bin/curl",
        "-s",
        "-X",
        "PUT",
        "-H",
        "Host: upload.example.test",
        "-d",
        "secret body",
      ],
      `http://127.0.0.1:${web.port}/a/b?c=d`,
    ]);
    const [call] = callsTo(recording, web.port);
    expect(ofType(recording, "http.request")).toMatchObject([
      {
        connection: call?.connection,
        http: { request: { method: "PUT" } },
        url: { domain: "upload.example.test", path: "/a/b?c=d" },
      },
    ]);
    expect(JSON.stringify(ofType(recording, "http.request"))).not.toContain("secret body");
  });

  it("tells every request of a connection that is used again", async () => {
    const url = `http://127.0.0.1:${web.port}`;
    const recording = await record([
      "/usr/bin/curl",
      "-s",
      `${url}/first`,
      `${url}/second`,
      `${url}/third`,
    ]);
    expect(callsTo(recording, web.port)).toHaveLength(1);
    const paths = ofType(recording, "http.request").map(({ url: { path } }) => path);
    expect(paths).toEqual(["/first", "/second", "/third"]);
  });

  it("tells how each request of a connection was answered, and nothing else of the answer", async () => {
    const url = `http://127.0.0.1:${web.port}`;
    const command = ["/usr/bin/curl", "-s", `${url}/first`, `${url}/missing`, `${url}/third`];
    const recording = await record(command);
    const [call] = callsTo(recording, web.port);
    const answers = ofType(recording, "http.response");
    expect(answers.map(({ connection }) => connection)).toEqual(Array(3).fill(call?.connection));
    expect(answers.map(({ http }) => http.response.status_code)).toEqual([200, 404, 200]);
    const asked = ofType(recording, "http.request").map(({ http }) => http.request.id);
    expect(answers.map(({ http }) => http.request.id)).toEqual(asked);
  });

  it("puts a request together that was written byte by byte", async () => {
    const recording = await recordPython(`
import socket, time
s = socket.create_connection(("127.0.0.1", ${web.port}))
s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
for byte in b"GET /slowly HTTP/1.1\\r\\nHost: slow.example.test\\r\\n\\r\\n":
  s.send(bytes([byte])); time.sleep(0.001)
s.recv(100)`);
    expect(ofType(recording, "http.request").map(({ url }) => url)).toEqual([
      { domain: "slow.example.test", path: "/slowly" },
    ]);
  });

  it("tells a request whose head never ended", async () => {
    const recording = await recordPython(`
import socket
s = socket.create_connection(("127.0.0.1", ${web.port}))
s.sendall(b"POST /half HTTP/1.1\\r\\nX-More: ")
s.close()`);
    expect(ofType(recording, "http.request")).toMatchObject([
      { http: { request: { method: "POST" } }, url: { path: "/half" } },
    ]);
  });

  it("tells the server name and the protocols that a TLS client offers", async () => {
    const recording = await record([
      ...["/usr/bin/curl", "-sk", "--resolve", `secure.example.test:${secure.port}:127.0.0.1`],
      `https://secure.example.test:${secure.port}/hidden`,
    ]);
    const [call] = callsTo(recording, secure.port);
    expect(ofType(recording, "tls.hello")).toMatchObject([
      {
        connection: call?.connection,
        tls: { client: { server_name: "secure.example.test" }, next_protocols: ["h2", "http/1.1"] },
      },
    ]);
  });

  it("hears several TLS clients: Node, Python", async () => {
    const options = `{ host: "127.0.0.1", port: ${secure.port}, servername: "node.example.test", rejectUnauthorized: false }`;
    const node = await record([
      ...[process.execPath, "-e"],
      `require("https").get(${options}, (response) => response.resume())`,
    ]);
    expect(ofType(node, "tls.hello")[0]?.tls.client.server_name).toBe("node.example.test");
    const python = await recordPython(`
import socket, ssl
context = ssl._create_unverified_context()
s = socket.create_connection(("127.0.0.1", ${secure.port}))
context.wrap_socket(s, server_hostname="python.example.test")`);
    expect(ofType(python, "tls.hello")[0]?.tls.client.server_name).toBe("python.example.test");
  });

  it("hears a TLS client that first asks a proxy for a tunnel", async () => {
    const proxy = await listenTcp("127.0.0.1", (client) => {
      client.once("data", () => {
        const upstream = connect(secure.port, "127.0.0.1").on("error", () => {});
        client.write("HTTP/1.1 200 OK\r\n\r\n");
        client.pipe(upstream).pipe(client);
      });
    });
    const recording = await record([
      ...["/usr/bin/curl", "-sk", "--proxy", `http://127.0.0.1:${proxy.port}`],
      "https://behind.example.test/hidden",
    ]);
    await proxy.close();
    const [call] = callsTo(recording, proxy.port);
    expect(ofType(recording, "http.request")).toMatchObject([
      { http: { request: { method: "CONNECT" } }, url: { path: "behind.example.test:443" } },
      {
        connection: call?.connection,
        http: { request: { method: "GET" } },
        url: { path: "/hidden" },
      },
    ]);
    expect(ofType(recording, "tls.hello")).toMatchObject([
      { connection: call?.connection, tls: { client: { server_name: "behind.example.test" } } },
    ]);
  });

  it("keeps to itself what other protocols say", async () => {
    const recording = await recordPython(`
import socket
s = socket.create_connection(("127.0.0.1", ${web.port}))
s.sendall(b"SSH-2.0-secret banner\\r\\n")
s.close()`);
    expect(callsTo(recording, web.port)).toHaveLength(1);
    expect(JSON.stringify(recording.events.slice(-4))).not.toContain("SSH-2.0");
  });
});
