/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Outbound calls begin: connect(2) for TCP, the first packet to a destination for UDP. A UDP socket that connects and
 * sends nothing makes no call: getaddrinfo(3) does that to sort addresses.
 */
#ifndef CALL_H
#define CALL_H

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include "http-start.h"
#include "result.h"
#include "ring.h"
#include "socket.h"

/* The verifier lets nobody add to a pointer to a socket, but a copy of it is a number. */
static __always_inline __u32 network_of(void *sk)
{
	struct sock *copy = NULL;
	bpf_probe_read_kernel(&copy, sizeof(copy), &sk);
	return BPF_CORE_READ(copy, __sk_common.skc_net.net, ns.inum);
}

static __always_inline void emit_call(struct socket_state *socket, const struct destination *destination,
				      __u32 generation, void *sk, __u16 source_port)
{
	struct record_call *record = reserve_record(RECORD_CALL, sizeof(*record));
	if (!record)
		return;
	fill_header(&record->header, RECORD_CALL, sizeof(*record), &socket->owner);
	fill_connection(&record->connection, socket, generation);
	record->family = destination->family;
	record->protocol = destination->protocol;
	record->port = destination->port;
	record->source_port = source_port;
	__builtin_memcpy(record->address, destination->address, sizeof(record->address));
	record->cgroup = socket->owner.cgroup;
	record->network = network_of(sk);
	record->reserved = 0;
	submit_record(record);
}

#define LOOPBACK 0x7f000001

/* Calling the unspecified address means calling the machine itself (ip(7)). */
static __always_inline void wanted_destination(struct destination *destination, struct bpf_sock_addr *address, bool v6)
{
	__builtin_memset(destination, 0, sizeof(*destination));
	destination->protocol = address->protocol;
	destination->port = bpf_ntohs((__u16)address->user_port);
	if (!v6) {
		destination->family = AF_INET;
		destination->address[0] = address->user_ip4 ?: bpf_htonl(LOOPBACK);
		return;
	}
	__u32 first = address->user_ip6[0], second = address->user_ip6[1];
	__u32 third = address->user_ip6[2], fourth = address->user_ip6[3];
	if (first == 0 && second == 0 && third == bpf_htonl(0xffff)) { /* ::ffff:192.0.2.1 */
		destination->family = AF_INET;
		destination->address[0] = fourth;
		return;
	}
	destination->family = AF_INET6;
	destination->address[0] = first;
	destination->address[1] = second;
	destination->address[2] = third;
	destination->address[3] = first | second | third | fourth ? fourth : bpf_htonl(1);
}

static __always_inline void begin_connect(struct bpf_sock_addr *address, bool v6)
{
	__u32 protocol = address->protocol;
	/* Multipath TCP and all the rest are seen by their packets: see traffic.h. */
	if ((protocol != IPPROTO_TCP && !is_udp(protocol)) || !address->sk)
		return;
	struct socket_state *socket = remember_socket(address->sk);
	if (!socket)
		return;
	current_owner(&socket->owner);
	socket->cookie = bpf_get_socket_cookie(address);
	wanted_destination(&socket->destination, address, v6);
	socket->generation += 1;
	socket->connected_generation = socket->generation;
	if (is_udp(protocol)) {
		socket->silent = true;
		return;
	}
	socket->sent_payload = false;
	socket->to_capture = CAPTURED_PER_HEAD;
	socket->asks = false;
	socket->answers_captured = 0;
	socket->questions_captured = 0;
	emit_call(socket, &socket->destination, socket->generation, address->sk, address->sk->src_port);
}

static __always_inline void begin_send(struct bpf_sock_addr *address, bool v6)
{
	if (!is_udp(address->protocol) || !address->sk)
		return;
	struct socket_state *socket = remember_socket(address->sk);
	if (!socket)
		return;
	current_owner(&socket->owner);
	socket->cookie = bpf_get_socket_cookie(address);
	struct destination destination;
	wanted_destination(&destination, address, v6);
	if (same_destination(&destination, &socket->destination)) {
		if (!socket->silent)
			return;
		socket->silent = false;
		emit_call(socket, &destination, socket->connected_generation, address->sk, address->sk->src_port);
		return;
	}
	if (begin_flow(socket, &destination))
		emit_call(socket, &destination, socket->generation, address->sk, address->sk->src_port);
}

SEC("cgroup/connect4")
int on_connect4(struct bpf_sock_addr *address)
{
	begin_connect(address, false);
	return 1;
}

SEC("cgroup/connect6")
int on_connect6(struct bpf_sock_addr *address)
{
	begin_connect(address, true);
	return 1;
}

SEC("cgroup/sendmsg4")
int on_sendmsg4(struct bpf_sock_addr *address)
{
	begin_send(address, false);
	return 1;
}

SEC("cgroup/sendmsg6")
int on_sendmsg6(struct bpf_sock_addr *address)
{
	begin_send(address, true);
	return 1;
}

#endif
