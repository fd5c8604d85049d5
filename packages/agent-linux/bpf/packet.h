/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Reads the headers of an IP packet (RFC 791, 8200, 9293, 768). */
#ifndef PACKET_H
#define PACKET_H

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include "socket.h"

enum { TCP_FLAG_SYN = 0x02, TCP_FLAG_RST = 0x04, TCP_FLAG_ACK = 0x10 };
enum { ETHERTYPE_IPV4 = 0x0800, ETHERTYPE_ARP = 0x0806, ETHERTYPE_VLAN = 0x8100, ETHERTYPE_IPV6 = 0x86dd };
enum { NEXT_HOP_BY_HOP = 0, NEXT_ROUTING = 43, NEXT_DESTINATION = 60 };
#define EXTENSION_HEADERS 4

struct packet {
	__u8 source[16];
	__u8 target[16];
	__u32 payload; /* offset */
	__u32 length; /* of the payload */
	__u32 sequence;
	__u16 family;
	__u16 protocol;
	__u16 source_port;
	__u16 target_port;
	__u8 tcp_flags;
};

static __always_inline __u16 be16(const __u8 *bytes)
{
	return (__u16)bytes[0] << 8 | bytes[1];
}

static __always_inline __u32 be32(const __u8 *bytes)
{
	return (__u32)be16(bytes) << 16 | be16(bytes + 2);
}

/* The later fragments of a datagram carry no ports. */
static __always_inline int read_ipv4(struct __sk_buff *skb, struct packet *packet, __u32 *offset, __u32 *end)
{
	__u8 header[20];
	if (bpf_skb_load_bytes(skb, 0, header, sizeof(header)) || header[0] >> 4 != 4 || be16(header + 6) & 0x1fff)
		return -1;
	packet->family = AF_INET;
	packet->protocol = header[9];
	__builtin_memcpy(packet->source, header + 12, 4);
	__builtin_memcpy(packet->target, header + 16, 4);
	*offset = (header[0] & 15) * 4;
	*end = be16(header + 2) ?: skb->len; /* 0: larger than 64 KB, on loopback */
	return 0;
}

static __always_inline int read_ipv6(struct __sk_buff *skb, struct packet *packet, __u32 *offset, __u32 *end)
{
	__u8 header[40];
	if (bpf_skb_load_bytes(skb, 0, header, sizeof(header)) || header[0] >> 4 != 6)
		return -1;
	packet->family = AF_INET6;
	packet->protocol = header[6];
	__builtin_memcpy(packet->source, header + 8, 16);
	__builtin_memcpy(packet->target, header + 24, 16);
	*offset = sizeof(header);
	*end = be16(header + 4) ? sizeof(header) + be16(header + 4) : skb->len;
	for (int i = 0; i < EXTENSION_HEADERS; i++) {
		__u16 next = packet->protocol;
		if (next != NEXT_HOP_BY_HOP && next != NEXT_ROUTING && next != NEXT_DESTINATION)
			break;
		__u8 extension[2];
		if (bpf_skb_load_bytes(skb, *offset, extension, sizeof(extension)))
			return -1;
		packet->protocol = extension[0];
		*offset += 8 * (extension[1] + 1);
	}
	return 0;
}

/* The kernel knows which it is; who wrote the header may have lied there, to have the target read elsewhere. */
static __always_inline int read_packet(struct __sk_buff *skb, struct packet *packet)
{
	__builtin_memset(packet, 0, sizeof(*packet));
	__u32 offset = 0, end = 0;
	bool v6 = skb->protocol == bpf_htons(ETHERTYPE_IPV6);
	if (v6 ? read_ipv6(skb, packet, &offset, &end) : read_ipv4(skb, packet, &offset, &end))
		return -1;

	__u32 payload = offset;
	if (packet->protocol == IPPROTO_TCP) {
		__u8 header[14];
		if (bpf_skb_load_bytes(skb, offset, header, sizeof(header)))
			return -1;
		packet->source_port = be16(header);
		packet->target_port = be16(header + 2);
		packet->sequence = be32(header + 4);
		packet->tcp_flags = header[13];
		payload = offset + (header[12] >> 4) * 4;
	} else if (is_udp(packet->protocol) || packet->protocol == IPPROTO_SCTP) {
		__u8 header[8];
		if (bpf_skb_load_bytes(skb, offset, header, sizeof(header)))
			return -1;
		packet->source_port = be16(header);
		packet->target_port = be16(header + 2);
		payload = offset + sizeof(header);
	}
	packet->payload = payload;
	packet->length = end > payload ? end - payload : 0;
	return 0;
}

static __always_inline void packet_target(struct destination *destination, const struct packet *packet)
{
	__builtin_memset(destination, 0, sizeof(*destination));
	__builtin_memcpy(destination->address, packet->target, sizeof(destination->address));
	destination->port = packet->target_port;
	destination->family = packet->family;
	destination->protocol = packet->protocol;
}

#endif
