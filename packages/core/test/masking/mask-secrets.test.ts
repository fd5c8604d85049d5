import { describe, expect, it } from "vitest";
import { maskArguments } from "../../src/masking/mask-arguments.js";
import { maskSecrets } from "../../src/masking/mask-secrets.js";
import { maskUrlPath } from "../../src/masking/mask-url-path.js";
import { isSecretName } from "../../src/masking/secret-name.js";

// Put together at run time: whole tokens in a source file set off secret scanners.
const githubToken = `ghp_${"a1B2".repeat(9)}`;
const awsKey = `AKIA${"ABCD".repeat(4)}`;
const jwt = `eyJ${"hbGci".repeat(3)}.${"eyJz".repeat(4)}.${"c2ln".repeat(4)}`;

describe("maskSecrets", () => {
  it.each([
    ["a GitHub token", `push ${githubToken} now`, "push ghp_*** now"],
    ["an AWS key id", awsKey, "AKIAABCD***"],
    ["a JSON Web Token", `x ${jwt}`, "x eyJ***"],
    ["a password in a URL", "https://me:hunter2@host.example/x", "https://***@host.example/x"],
    ["a bearer header", "Authorization: Bearer abcdef123456", "Authorization: Bearer ***"],
    ["a basic header", "authorization: basic dXNlcjpwYXNz", "authorization: basic ***"],
    ["an assignment", "DB_PASSWORD=hunter2 ./run", "DB_PASSWORD=*** ./run"],
    ["a query", "https://e.example/x?a=1&token=abc&b=2", "https://e.example/x?a=1&token=***&b=2"],
    ["a quoted assignment", `{"client_secret": "a b c"}`, `{"client_secret": ***}`],
    ["a Slack webhook", "/services/T0AB/B0CD/x1y2z3x1y2z3", "/services/T0AB/B0CD/***"],
    ["a Telegram bot", `/bot123456:${"A".repeat(35)}/send`, "/bot123456:***/send"],
    [
      "a private key",
      "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----",
      "-----BEGIN RSA PRIVATE KEY-----***",
    ],
  ])("masks %s", (_, text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });

  it.each([
    "npm run build -- --verbose",
    "https://example.com/path?x=1",
    "tokenize=fast",
    "echo $TOKEN TOKEN=$TOKEN",
    "passenger=anna compass=north",
    "monkey=1 author=ann",
  ])("leaves %j as it is", (text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});

describe("isSecretName", () => {
  it.each(["password", "--token", "API_KEY", "x-auth-token", "GITHUB_TOKEN", "clientSecret"])(
    "knows %s",
    (name) => {
      expect(isSecretName(name)).toBe(true);
    },
  );
  it.each(["path", "--verbose", "tokenizer", "author", "keyboard"])(
    "does not suspect %s",
    (name) => {
      expect(isSecretName(name)).toBe(false);
    },
  );
});

describe("maskArguments", () => {
  it("masks what follows an option that takes a secret", () => {
    expect(maskArguments(["tool", "--token", "abc", "--name", "x", "--api-key=abc"])).toEqual([
      "tool",
      "--token",
      "***",
      "--name",
      "x",
      "--api-key=***",
    ]);
  });

  it("masks curl's user and headers", () => {
    const args = ["curl", "-u", "me:hunter2", "-H", "X-Auth-Token: abc", "https://e.example"];
    expect(maskArguments(args)).toEqual([
      "curl",
      "-u",
      "me:***",
      "-H",
      "X-Auth-Token: ***",
      "https://e.example",
    ]);
  });

  it("masks inside a shell script", () => {
    expect(maskArguments(["sh", "-c", "SECRET=abc curl https://u:p@e.example"])).toEqual([
      "sh",
      "-c",
      "SECRET=*** curl https://***@e.example",
    ]);
  });

  // The secret is X everywhere.
  it.each([
    ["git", "-c", "http.extraheader=AUTHORIZATION: basic X"],
    ["curl", "-H", "Authorization: token X"],
    ["curl", "-H", "Authorization: X"],
    ["curl", "-H", "Authorization: AWS4-HMAC-SHA256 Credential=X, Signature=X"],
    ["curl", "-ubob:X", "https://e.example"],
    ["curl", "-su", "bob:X", "https://e.example"],
    ["curl", "--user=bob:X", "https://e.example"],
    ["curl", "-b", "sid=X", "https://e.example"],
    ["tool", "--password=ab,X"],
    ["env", "PASSWORD=ab X", "tool"],
    ["env", "PGPASSWORD=X", "psql"],
    ["sshpass", "-p", "X", "ssh", "host"],
    ["mysql", "-pX", "shop"],
    ["docker", "login", "-p", "X"],
    ["redis-cli", "-a", "X"],
    ["aws", "configure", "set", "aws_secret_access_key", "X"],
    ["npm", "config", "set", "//packages.example/:_authToken", "X"],
    ["keytool", "-storepass", "X"],
    ["az", "AccountKey=X;EndpointSuffix=core"],
    ["sh", "-c", "tool --password X && echo done"],
    ["sh", "-c", 'tool --token "X"'],
    ["sh", "-c", "curl -u bob:X https://e.example"],
    ["sh", "-c", "docker login -p X packages.example"],
    ["tool", '{"password":"ab\\"X"}'],
    ["tool", '{"password":["X"]}'],
  ])("masks the secret in %s %s %s", (...args) => {
    expect(maskArguments(args).join(" ")).not.toContain("X");
    expect(maskArguments(args).join(" ")).toContain("***");
  });

  it.each([
    ["docker", "run", "-u", "1000:1000", "image"],
    ["rsync", "-u", "host:path", "."],
    ["llm", "--max-tokens", "500"],
    ["vitest", "--pass-with-no-tests", "file.test.ts"],
    ["npm", "install", "--no-auth", "package"],
    ["docker", "login", "--password-stdin", "packages.example"],
    ["tool", "--token-file", "/run/token"],
    ["node", "basic", "configuration.js"],
    ["bash", "-e", "build.sh", "--author", "ann"],
    ["sh", "-c", "cd app && npm run bypass -- --keyboard us"],
    ["constructor", "-p", "x"],
    ["__proto__", "x"],
    ["sh", "-c", "toString x && hasOwnProperty y"],
  ])("hides nothing in %s %s %s", (...args) => {
    expect(maskArguments(args)).toEqual(args);
  });
});

describe("maskUrlPath", () => {
  it("keeps the path and the names of the query, never its values", () => {
    expect(maskUrlPath("/a/b?token=abc&x=1#frag")).toBe("/a/b?token=***&x=***");
  });

  it("masks a query without names that may be data", () => {
    expect(maskUrlPath(`/c?${"QUJD".repeat(20)}`)).toBe("/c?***");
    expect(maskUrlPath("/info/refs?service=git-upload-pack")).toBe("/info/refs?service=***");
  });
});
