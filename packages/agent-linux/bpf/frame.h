/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Frames that a process makes by itself and hands to a device (packet(7)): they never pass the cgroup's programs. Told
 * when the device is given them, which is still in their process.
 */
#ifndef FRAME_H
#define FRAME_H

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>
#include "call.h"
#include "packet.h"
#include "scope.h"

enum { SOL_PACKET = 263, PACKET_QDISC_BYPASS = 20 };

#define ETHERNET_HEADER 14

struct frame_packet {
	__u32 offset; /* of the IP header */
	__u16 ethertype;
};

/* Reads so far as a frame is in one piece, and no further. */
static __always_inline bool read_frame(struct sk_buff *frame, __u32 offset, void *bytes, __u32 size)
{
	return offset + size <= frame->len - frame->data_len &&
	       bpf_probe_read_kernel(bytes, size, frame->data + offset) == 0;
}

/* What the frame itself says, and not what its socket calls it: that goes nowhere. */
static __always_inline bool find_packet(struct sk_buff *frame, struct frame_packet *packet)
{
	__u8 bytes[4];
	packet->offset = frame->head + frame->network_header - frame->data;
	if (packet->offset < ETHERNET_HEADER) { /* a device without Ethernet, a tunnel for example */
		if (!read_frame(frame, packet->offset, bytes, 1))
			return false;
		packet->ethertype = bytes[0] >> 4 == 4 ? ETHERTYPE_IPV4 : ETHERTYPE_IPV6;
		return true;
	}
	if (!read_frame(frame, ETHERNET_HEADER - 2, bytes, 2))
		return false;
	packet->offset = ETHERNET_HEADER;
	packet->ethertype = be16(bytes);
	if (packet->ethertype != ETHERTYPE_VLAN)
		return true;
	if (!read_frame(frame, ETHERNET_HEADER, bytes, 4))
		return false;
	packet->offset += 4;
	packet->ethertype = be16(bytes + 2);
	return true;
}

static __always_inline bool frame_target(struct sk_buff *frame, const struct frame_packet *packet,
					 struct destination *destination, __u16 *source_port)
{
	__u8 header[40];
	__u8 inside;
	__u32 after = packet->offset;
	__builtin_memset(destination, 0, sizeof(*destination));
	*source_port = 0;
	if (packet->ethertype == ETHERTYPE_IPV4) {
		if (!read_frame(frame, packet->offset, header, 20) || header[0] >> 4 != 4)
			return false;
		destination->family = AF_INET;
		__builtin_memcpy(destination->address, header + 16, 4);
		inside = header[9];
		after += (header[0] & 15) * 4;
	} else if (packet->ethertype == ETHERTYPE_IPV6) {
		if (!read_frame(frame, packet->offset, header, 40) || header[0] >> 4 != 6)
			return false;
		destination->family = AF_INET6;
		__builtin_memcpy(destination->address, header + 24, 16);
		inside = header[6];
		after += 40;
	} else {
		return false;
	}
	destination->protocol = IPPROTO_RAW;
	__u8 ports[4];
	if ((inside == IPPROTO_TCP || is_udp(inside) || inside == IPPROTO_SCTP) &&
	    read_frame(frame, after, ports, sizeof(ports))) {
		*source_port = be16(ports);
		destination->port = be16(ports + 2);
	}
	return true;
}

SEC("tp_btf/net_dev_queue")
int BPF_PROG(on_frame, struct sk_buff *frame)
{
	struct sock *sk = frame->sk;
	if (!sk || sk->__sk_common.skc_family != AF_PACKET || !in_scope())
		return 0;
	struct frame_packet packet;
	struct destination destination;
	__u16 source_port;
	bool is_frame = find_packet(frame, &packet);
	if (is_frame && packet.ethertype == ETHERTYPE_ARP)
		return 0; /* goes no further than the next router */
	if (!is_frame || !frame_target(frame, &packet, &destination, &source_port)) {
		count_lost(LOST_FRAME);
		return 0;
	}
	struct socket_state *socket = bpf_sk_storage_get(&sockets, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!socket) {
		count_lost(LOST_SOCKET_STORAGE);
		return 0;
	}
	current_owner(&socket->owner);
	if (!socket->cookie) /* the kernel gives no number out through a packet: this is none that it ever gives */
		socket->cookie = 1ULL << 63 | bpf_ktime_get_ns();
	if (begin_flow(socket, &destination))
		emit_call(socket, &destination, socket->generation, sk, source_port);
	return 0;
}

struct syscall_enter {
	__u64 common;
	__s64 number;
	__u64 arguments[6];
};

/* What AF_XDP sockets send no program here sees: that there is one must be told. */
SEC("tracepoint/syscalls/sys_enter_socket")
int on_socket(struct syscall_enter *call)
{
	if ((__u32)call->arguments[0] == AF_XDP && in_scope())
		count_lost(LOST_BYPASS);
	return 0;
}

/* Nor what a packet socket sends past the device's queue. */
SEC("tracepoint/syscalls/sys_enter_setsockopt")
int on_setsockopt(struct syscall_enter *call)
{
	if ((__u32)call->arguments[1] == SOL_PACKET && (__u32)call->arguments[2] == PACKET_QDISC_BYPASS && in_scope())
		count_lost(LOST_BYPASS);
	return 0;
}

#endif
