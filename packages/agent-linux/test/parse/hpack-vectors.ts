/** A header block and the fields that it stands for. */
export interface HpackVector {
  hex: string;
  fields: [string, string][];
}

const plainRequest: HpackVector["fields"] = [
  [":method", "GET"],
  [":scheme", "http"],
  [":path", "/"],
  [":authority", "www.example.com"],
];
const noCache: HpackVector["fields"] = [...plainRequest, ["cache-control", "no-cache"]];
const custom: HpackVector["fields"] = [
  [":method", "GET"],
  [":scheme", "https"],
  [":path", "/index.html"],
  [":authority", "www.example.com"],
  ["custom-key", "custom-value"],
];

const answered = (status: string, second: number): HpackVector["fields"] => [
  [":status", status],
  ["cache-control", "private"],
  ["date", `Mon, 21 Oct 2013 20:13:${second} GMT`],
  ["location", "https://www.example.com"],
];
const last: HpackVector["fields"] = [
  ...answered("200", 22),
  ["content-encoding", "gzip"],
  ["set-cookie", "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"],
];

/** RFC 7541, C.2: each on a connection of its own. */
export const singleFields: HpackVector[] = [
  {
    hex: "400a637573746f6d2d6b65790d637573746f6d2d686561646572",
    fields: [["custom-key", "custom-header"]],
  },
  { hex: "040c2f73616d706c652f70617468", fields: [[":path", "/sample/path"]] },
  { hex: "100870617373776f726406736563726574", fields: [["password", "secret"]] },
  { hex: "82", fields: [[":method", "GET"]] },
];

/** RFC 7541, C.3 and C.4: three on one connection. */
export const requests: Record<"plain" | "huffman", HpackVector[]> = {
  plain: [
    { hex: "828684410f7777772e6578616d706c652e636f6d", fields: plainRequest },
    { hex: "828684be58086e6f2d6361636865", fields: noCache },
    { hex: "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565", fields: custom },
  ],
  huffman: [
    { hex: "828684418cf1e3c2e5f23a6ba0ab90f4ff", fields: plainRequest },
    { hex: "828684be5886a8eb10649cbf", fields: noCache },
    { hex: "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf", fields: custom },
  ],
};

/** RFC 7541, C.5 and C.6: three on one connection whose table has 256 bytes. */
export const responses: Record<"plain" | "huffman", HpackVector[]> = {
  plain: [
    {
      hex:
        "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d54" +
        "6e1768747470733a2f2f7777772e6578616d706c652e636f6d",
      fields: answered("302", 21),
    },
    { hex: "4803333037c1c0bf", fields: answered("307", 21) },
    {
      hex:
        "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f" +
        "3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076" +
        "657273696f6e3d31",
      fields: last,
    },
  ],
  huffman: [
    {
      hex:
        "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f" +
        "0b97c8e9ae82ae43d3",
      fields: answered("302", 21),
    },
    { hex: "4883640effc1c0bf", fields: answered("307", 21) },
    {
      hex:
        "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335df" +
        "dfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007",
      fields: last,
    },
  ],
};

/** Says in a block that the table has 256 bytes from now on. */
export const tableOf256 = "3fe101";
