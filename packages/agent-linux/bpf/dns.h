/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What resolvers are asked and what they answer, over UDP and TCP (RFC 1035, 4): user space reads it. */
#ifndef DNS_H
#define DNS_H

#include "payload.h"

enum { PORT_DNS = 53, PORT_MDNS = 5353, PORT_LLMNR = 5355 };
#define DNS_HEADER_SIZE 12
#define ANSWER_SIZE 4096
/* A question has at most 255 bytes of name, 12 of header and 4 of type and class. */
#define QUESTION_SIZE 512
#define DATAGRAMS 128 /* more is not cut out of one piece */
#define LOOPBACK_INTERFACE 1

static __always_inline bool is_dns_port(__u16 port)
{
	return port == PORT_DNS || port == PORT_MDNS || port == PORT_LLMNR;
}

static __always_inline bool speaks_dns(const struct socket_state *socket)
{
	return socket->asks || socket->destination.port == PORT_DNS;
}

/* The header of one standard query: flags that queries have, one question, nothing else but EDNS and a signature. */
static __always_inline bool starts_question(const __u8 *header)
{
	return !(header[2] & 0xfe) && !(header[3] & 0xcf) && be16(header + 4) == 1 && be16(header + 6) == 0 &&
	       be16(header + 8) == 0 && be16(header + 10) <= 2;
}

/* The same behind its length, as far as nine bytes go. */
static __always_inline bool starts_question_stream(const __u8 *bytes, __u32 length)
{
	return be16(bytes) + 2U == length && !(bytes[4] & 0xfe) && !(bytes[5] & 0xcf) && be16(bytes + 6) == 1 &&
	       bytes[8] == 0;
}

/* The kernel cuts what was given in one piece into datagrams of one size (UDP_SEGMENT, udp(7)), and later than here. */
struct datagrams {
	struct payload_copy copy;
	__u32 size;
};

static long next_datagram(__u32 index, struct datagrams *datagrams)
{
	struct payload_copy *copy = &datagrams->copy;
	if (copy->done >= copy->length)
		return 1;
	__u32 length = copy->length - copy->done;
	if (length > datagrams->size)
		length = datagrams->size;
	if (length <= 256)
		emit_piece(copy, length, 256);
	else
		emit_piece(copy, length < QUESTION_SIZE ? length : QUESTION_SIZE, QUESTION_SIZE);
	copy->done += length;
	return 0;
}

static __always_inline void tell_question(struct __sk_buff *skb, struct socket_state *socket, struct packet *packet,
					  const struct destination *destination)
{
	struct datagrams datagrams = {
		.copy = {
			.skb = skb,
			.socket = socket,
			.packet = packet,
			.length = packet->length,
			.generation = generation_to(socket, destination),
			.flags = PAYLOAD_DNS,
		},
		.size = skb->gso_size ?: packet->length,
	};
	bpf_loop(DATAGRAMS, next_datagram, &datagrams, 0);
	if (datagrams.copy.done < packet->length)
		count_lost(LOST_QUESTION);
}

static __always_inline void tell_questions(struct __sk_buff *skb, struct socket_state *socket, struct packet *packet)
{
	if (socket->questions_captured >= CAPTURED_QUESTIONS) {
		count_lost(LOST_QUESTION);
		return;
	}
	socket->questions_captured += packet->length;
	emit_payload(skb, socket, packet, packet->length, PAYLOAD_DNS);
}

/* A response to one standard query. */
static __always_inline bool looks_like_answer(struct __sk_buff *skb, const struct packet *packet)
{
	__u8 header[DNS_HEADER_SIZE];
	if (packet->length < 17 || bpf_skb_load_bytes(skb, packet->payload, header, sizeof(header)))
		return false;
	bool is_response = (header[2] & 0xf8) == 0x80;
	return is_response && !(header[3] & 0x40) && be16(header + 4) == 1 && be16(header + 6) <= 256;
}

static __always_inline __u16 inbound_flags(struct __sk_buff *skb)
{
	return PAYLOAD_INBOUND | PAYLOAD_DNS | (skb->ifindex == LOOPBACK_INTERFACE ? PAYLOAD_LOOPBACK : 0);
}

static __always_inline void tell_answer(struct __sk_buff *skb, struct socket_state *socket, struct packet *packet)
{
	if (!is_dns_port(packet->source_port) && !looks_like_answer(skb, packet))
		return;
	struct destination from;
	__builtin_memset(&from, 0, sizeof(from));
	__builtin_memcpy(from.address, packet->source, sizeof(from.address));
	from.port = packet->source_port;
	from.family = packet->family;
	from.protocol = packet->protocol;

	__u16 flags = inbound_flags(skb);
	__u32 generation = socket->connected_generation;
	if (!same_destination(&from, &socket->destination)) {
		if (!has_sent_to(socket, &from))
			flags |= PAYLOAD_STRANGER;
		generation = generation_to(socket, &from);
	}
	__u32 length = packet->length < ANSWER_SIZE ? packet->length : ANSWER_SIZE;
	emit_payload_of(skb, socket, packet, length, flags, generation);
}

static __always_inline void tell_answers(struct __sk_buff *skb, struct socket_state *socket, struct packet *packet)
{
	if (!packet->length)
		return;
	if (socket->answers_captured >= CAPTURED_ANSWERS) {
		count_lost(LOST_ANSWER);
		return;
	}
	socket->answers_captured += packet->length;
	emit_payload(skb, socket, packet, packet->length, inbound_flags(skb));
}

#endif
