import { describe, expect, it } from "vitest";
import { parseHttpStatus } from "../../src/parse/http-response.js";

const statusOf = (text: string) => parseHttpStatus(Buffer.from(text));

describe("the beginning of an HTTP/1 response", () => {
  it("gives its status, with or without a reason", () => {
    expect(statusOf("HTTP/1.1 404 Not Found\r\nDate: x\r\n")).toBe(404);
    expect(statusOf("HTTP/1.0 200\r\n\r\n")).toBe(200);
    expect(statusOf("HTTP/1.1 599 ")).toBe(599);
  });

  it("gives the answer that follows an interim one", () => {
    expect(statusOf("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\n")).toBe(201);
    expect(statusOf("HTTP/1.1 100 Continue\r\n\r\n")).toBe(100);
    expect(statusOf("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 404 Not Found\r\n")).toBe(200);
  });

  it("is not seen in anything else", () => {
    for (const text of [
      "",
      "HTTP/1.1",
      "HTTP/2 200 ",
      "HTTP/1.1 999 ",
      "HTTP/1.1 2000 ",
      "220 x",
    ]) {
      expect(statusOf(text)).toBeUndefined();
    }
  });
});
