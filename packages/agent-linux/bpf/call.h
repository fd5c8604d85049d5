/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Outbound calls begin: connect(2) for TCP, the first packet to a destination for UDP. A UDP socket that connects and
 * sends nothing makes no call: getaddrinfo(3) does that to sort addresses.
 */
#ifndef CALL_H
#define CALL_H

#include "destination.h"
#include "http-start.h"
#include "network.h"
#include "result.h"
#include "ring.h"
#include "socket.h"

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
