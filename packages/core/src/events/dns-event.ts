import { z } from "zod";
import {
  connectionSchema,
  count,
  envelope,
  hostName,
  ip,
  namespace,
  port,
  processRefSchema,
} from "./event-fields.js";

/** Who was asked, or who answered: an address and a port. */
const serverSchema = z.object({ ip, port });
const dnsNetwork = z.object({
  transport: z.enum(["udp", "tcp"]).optional(),
  namespace: namespace.optional(),
});
const dnsQuestionFields = z.object({ name: hostName, type: z.string().max(16).optional() });
const dnsRecords = z
  .array(
    z.object({
      name: hostName,
      type: z.string().max(16),
      ttl: z.int().min(0).max(0xffff_ffff).optional(),
      /** An address, a canonical name, or the record's text. */
      data: z.string().max(4096),
    }),
  )
  .max(1024);

/** A process asked a resolver for a name. */
export const dnsQuestion = z.object({
  ...envelope,
  type: z.literal("dns.question"),
  process: processRefSchema,
  /** The call it was asked on. */
  connection: connectionSchema.optional(),
  server: serverSchema.optional(),
  network: dnsNetwork.optional(),
  dns: z.object({ question: dnsQuestionFields }),
});

/** Questions of a process that the agent only counted, since it told the last such event. */
export const dnsQuestions = z.object({
  ...envelope,
  type: z.literal("dns.questions"),
  process: processRefSchema,
  /** The call that the last of them was asked on. */
  connection: connectionSchema.optional(),
  server: serverSchema.optional(),
  network: dnsNetwork.optional(),
  dns: z.object({
    question: z.object({
      /** What the names have in common; unset for names of many domains. */
      registered_domain: hostName.optional(),
    }),
  }),
  questions: z.object({
    count,
    /** Of all their names together: how much could leave in them. */
    name_bytes: count,
    longest_label: z.int().min(0).max(1024),
  }),
});

/** A resolver's answer as it reached the process that asked. */
export const dnsAnswer = z.object({
  ...envelope,
  type: z.literal("dns.answer"),
  process: processRefSchema,
  /** Who gave it, where it was seen on the wire. */
  server: serverSchema.optional(),
  network: dnsNetwork.optional(),
  dns: z.object({
    question: dnsQuestionFields,
    answers: dnsRecords,
    /** Addresses of what the answers name, sent along. */
    additional: dnsRecords.optional(),
    response_code: z.string().max(32).optional(),
    /**
     * How it was seen: a packet; what the C library returned; the same, and the machine's hosts file says so too;
     * the same on a machine whose C library asks a local service that no packet shows.
     */
    seen: z.enum(["wire", "library", "hosts-file", "resolver-service"]).optional(),
    /** Of a packet: it answers a question that went from the same socket to the same server. */
    matched: z.boolean().optional(),
  }),
});
