import { describe, expect, it } from "vitest";
import { verifyWebhook } from "../src/index.js";
import { sign } from "../src/sign.js";

const key = Buffer.from("0123456789abcdefghijklmnopqrstuv");
const secret = `whsec_${key.toString("base64")}`;
const now = 1_800_000_000_000;
const timestamp = now / 1_000;
const post = { id: "d1:hook", timestamp, body: '{"a":1}' };
const headers = {
  "webhook-id": post.id,
  "webhook-timestamp": String(timestamp),
  "webhook-signature": sign(post, key),
};
const verify = (more: object = {}, changed: object = {}) =>
  verifyWebhook({ body: post.body, secret, now, ...more, headers: { ...headers, ...changed } });

describe("verifyWebhook", () => {
  it("believes a post of who knows the secret, and says its id", () => {
    expect(verify()).toBe("d1:hook");
    expect(verify({}, { "webhook-signature": `v1a,xyz ${headers["webhook-signature"]}` })).toBe(
      post.id,
    );
  });

  it("knows the example of the specification", () => {
    expect(
      verifyWebhook({
        body: '{"test": 2432232314}',
        secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        now: 1_614_265_330_000,
        headers: {
          "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
          "webhook-timestamp": "1614265330",
          "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        },
      }),
    ).toBe("msg_p5jXN8AQM9LWM0D4loKWxJek");
  });

  it.each([
    ["another body", { body: '{"a":2}' }, {}],
    ["another id", {}, { "webhook-id": "d2:hook" }],
    ["another time", {}, { "webhook-timestamp": String(timestamp + 1) }],
    ["a time that is none", {}, { "webhook-timestamp": "soon" }],
    ["no signature", {}, { "webhook-signature": undefined }],
    ["an empty signature", {}, { "webhook-signature": "" }],
    ["two ids", {}, { "webhook-id": ["d1:hook", "d1:hook"] }],
    ["an old post sent again", { now: now + 301_000 }, {}],
    ["a post from the future", { now: now - 301_000 }, {}],
    ["another secret", { secret: `whsec_${Buffer.alloc(32, 1).toString("base64")}` }, {}],
  ])("does not believe %s", (_, more, changed) => {
    expect(() => verify(more, changed)).toThrow(expect.objectContaining({ code: "EVENT_INVALID" }));
  });

  it("says that a secret is none", () => {
    expect(() => verify({ secret: "abc" })).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", field: "secret" }),
    );
  });
});
