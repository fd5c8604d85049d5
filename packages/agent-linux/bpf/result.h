/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What became of a call, and its bytes when it is over. */
#ifndef RESULT_H
#define RESULT_H

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>
#include "ring.h"
#include "socket.h"

static __always_inline void emit_result(struct socket_state *socket, struct sock *sk, __u32 error)
{
	struct record_result *record = reserve_record(RECORD_RESULT, sizeof(*record));
	if (!record)
		return;
	fill_header(&record->header, RECORD_RESULT, sizeof(*record), &socket->owner);
	fill_connection(&record->connection, socket, socket->connected_generation);
	record->error = error;
	record->family = sk->__sk_common.skc_family;
	record->source_port = sk->__sk_common.skc_num;
	if (!record->source_port) /* given back before a failed connect is told, but still written there */
		record->source_port = bpf_ntohs(BPF_CORE_READ((struct inet_sock *)sk, inet_sport));
	__u32 *words = (__u32 *)record->source_address;
	words[0] = words[1] = words[2] = words[3] = 0;
	if (record->family == AF_INET) {
		words[0] = sk->__sk_common.skc_rcv_saddr;
	} else {
		words[0] = sk->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[0];
		words[1] = sk->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[1];
		words[2] = sk->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[2];
		words[3] = sk->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[3];
	}
	submit_record(record);
}

static __always_inline void emit_tcp_close(struct socket_state *socket, struct sock *sk)
{
	struct record_close *record = reserve_record(RECORD_CLOSE, sizeof(*record));
	if (!record)
		return;
	fill_header(&record->header, RECORD_CLOSE, sizeof(*record), &socket->owner);
	fill_connection(&record->connection, socket, socket->connected_generation);
	record->bytes_out = record->bytes_in = 0;
	record->packets_out = record->packets_in = 0;
	struct tcp_sock *tcp = bpf_skc_to_tcp_sock(sk);
	if (tcp) {
		record->bytes_out = tcp->bytes_sent - tcp->bytes_retrans;
		record->bytes_in = tcp->bytes_received;
		record->packets_out = tcp->segs_out;
		record->packets_in = tcp->segs_in;
	}
	submit_record(record);
}

/* UDP and raw sockets have no states: they are over when they are closed. */
SEC("cgroup/sock_release")
int on_release(struct bpf_sock *sk)
{
	struct socket_state *socket = find_socket(sk);
	if (!socket || sk->protocol == IPPROTO_TCP || !socket->packets_out)
		return 1;
	struct record_close *record = reserve_record(RECORD_CLOSE, sizeof(*record));
	if (!record)
		return 1;
	fill_header(&record->header, RECORD_CLOSE, sizeof(*record), &socket->owner);
	fill_connection(&record->connection, socket, socket->generation);
	record->bytes_out = socket->bytes_out;
	record->bytes_in = socket->bytes_in;
	record->packets_out = socket->packets_out;
	record->packets_in = socket->packets_in;
	submit_record(record);
	return 1;
}

#endif
