/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Tells user space the first bytes of what was said; it parses them. */
#ifndef PAYLOAD_H
#define PAYLOAD_H

#include <bpf/bpf_helpers.h>
#include "packet.h"
#include "ring.h"
#include "socket.h"

/* A packet on loopback can be 64 KB; the ring takes it in pieces. */
#define PIECE_SIZE 4096
#define PIECES 16

struct payload_copy {
	struct __sk_buff *skb;
	struct socket_state *socket;
	struct packet *packet;
	__u32 done;
	__u32 length;
	__u32 generation; /* of the call */
	__u16 flags;
};

/* Reserving needs a size known at compile time: small heads shall not take the room of large ones. */
static __always_inline bool emit_piece(struct payload_copy *copy, __u32 length, __u32 room)
{
	struct record_payload *record = reserve_record(RECORD_PAYLOAD, sizeof(*record) + room);
	if (!record)
		return false;
	struct socket_state *socket = copy->socket;
	fill_header(&record->header, RECORD_PAYLOAD, sizeof(*record) + room, &socket->owner);
	record->header.flags = copy->flags;
	fill_connection(&record->connection, socket, copy->generation);
	record->sequence = copy->packet->sequence + copy->done;
	record->protocol = copy->packet->protocol;
	record->length = 0;
	asm volatile("" : "+r"(length));
	length = ((length - 1) & (room - 1)) + 1; /* what the verifier understands as 1 to `room` */
	if (bpf_skb_load_bytes(copy->skb, copy->packet->payload + copy->done, record->data, length))
		count_lost(LOST_PACKET);
	else
		record->length = length;
	submit_record(record);
	return true;
}

static long next_piece(__u32 index, struct payload_copy *copy)
{
	if (copy->done >= copy->length)
		return 1;
	__u32 length = copy->length - copy->done;
	bool taken;
	if (length <= 256)
		taken = emit_piece(copy, length, 256);
	else if (length <= 1024)
		taken = emit_piece(copy, length, 1024);
	else
		taken = emit_piece(copy, length = length < PIECE_SIZE ? length : PIECE_SIZE, PIECE_SIZE);
	copy->done += length;
	copy->flags &= ~PAYLOAD_BEGINS;
	return taken ? 0 : 1;
}

static __always_inline void emit_payload_of(struct __sk_buff *skb, struct socket_state *socket, struct packet *packet,
					    __u32 length, __u16 flags, __u32 generation)
{
	struct payload_copy copy = {
		.skb = skb,
		.socket = socket,
		.packet = packet,
		.length = length,
		.generation = generation,
		.flags = flags,
	};
	bpf_loop(PIECES, next_piece, &copy, 0);
}

static __always_inline void emit_payload(struct __sk_buff *skb, struct socket_state *socket, struct packet *packet,
					 __u32 length, __u16 flags)
{
	emit_payload_of(skb, socket, packet, length, flags, socket->connected_generation);
}

#endif
