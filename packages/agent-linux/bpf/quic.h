/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The first packets of a QUIC client: its ClientHello is in there, under keys that everybody can make (RFC 9001, 5.2). */
#ifndef QUIC_H
#define QUIC_H

#include "payload.h"

/* Of one socket, which may be used for many connections. */
#define QUIC_DATAGRAMS 512
#define QUIC_DATAGRAM_SIZE 4096

enum { QUIC_VERSION_1 = 1, QUIC_VERSION_2 = 0x6b3343cf };

/* The long header of an Initial packet (RFC 9000, 17.2.2; RFC 9369, 3.2). */
static __always_inline bool starts_quic(const __u8 *bytes)
{
	__u32 version = be32(bytes + 1);
	__u8 type = bytes[0] & 0xf0;
	return (version == QUIC_VERSION_1 && type == 0xc0) || (version == QUIC_VERSION_2 && type == 0xd0);
}

static __always_inline void tell_quic(struct __sk_buff *skb, struct socket_state *socket, struct packet *packet,
				      const struct destination *destination)
{
	if (socket->quic_captured >= QUIC_DATAGRAMS) {
		count_lost(LOST_QUIC);
		return;
	}
	socket->quic_captured += 1;
	__u32 length = packet->length < QUIC_DATAGRAM_SIZE ? packet->length : QUIC_DATAGRAM_SIZE;
	emit_payload_of(skb, socket, packet, length, 0, generation_to(socket, destination));
}

#endif
