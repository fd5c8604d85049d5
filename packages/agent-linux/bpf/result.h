/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What became of a call: the errno of connect(2) where no TCP state changes (no route, denied), TCP's own states
 * where one does, and the bytes when it is over.
 */
#ifndef RESULT_H
#define RESULT_H

#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>
#include "ring.h"
#include "socket.h"

enum { EINTR = 4, EISCONN = 106, EALREADY = 114, EINPROGRESS = 115, ERESTARTSYS = 512 };

/* The connect(2) that each thread is in. */
struct attempt {
	struct connection_ref connection;
	struct owner owner;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, __u64);
	__type(value, struct attempt);
} attempts SEC(".maps");

static __always_inline void begin_attempt(const struct socket_state *socket)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct attempt attempt = { .owner = socket->owner };
	fill_connection(&attempt.connection, socket, socket->generation);
	if (bpf_map_update_elem(&attempts, &thread, &attempt, BPF_ANY))
		count_lost(LOST_ATTEMPT);
}

/* Tells whether the connection's connect(2) runs on this thread at this moment. */
static __always_inline bool attempted_here(const struct socket_state *socket)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct attempt *attempt = bpf_map_lookup_elem(&attempts, &thread);
	return attempt && attempt->connection.cookie == socket->cookie &&
	       attempt->connection.generation == socket->connected_generation;
}

/* Whether what connect(2) returned is the end of the call: it may go on, or was never begun. */
static __always_inline bool says_why(__s64 result)
{
	__u32 error = -result;
	return result < 0 && error != EINPROGRESS && error != EINTR && error != ERESTARTSYS && error != EALREADY &&
	       error != EISCONN;
}

/* What is left here was begun by other means than connect(2), by sendto(2) or io_uring(7): nobody will say why. */
SEC("tracepoint/syscalls/sys_enter_connect")
int on_connect_enter(void *call)
{
	__u64 thread = bpf_get_current_pid_tgid();
	bpf_map_delete_elem(&attempts, &thread);
	return 0;
}

struct syscall_exit {
	__u64 common;
	__s64 number;
	__s64 result;
};

SEC("tracepoint/syscalls/sys_exit_connect")
int on_connect_exit(struct syscall_exit *call)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct attempt *found = bpf_map_lookup_elem(&attempts, &thread);
	if (!found)
		return 0;
	struct attempt attempt = *found;
	bpf_map_delete_elem(&attempts, &thread);

	if (!says_why(call->result))
		return 0;
	struct record_result *record = reserve_record(RECORD_RESULT, sizeof(*record));
	if (!record)
		return 0;
	__builtin_memset(record, 0, sizeof(*record));
	fill_header(&record->header, RECORD_RESULT, sizeof(*record), &attempt.owner);
	record->connection = attempt.connection;
	record->error = -call->result;
	submit_record(record);
	return 0;
}

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

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(on_tcp_state, struct sock *sk, int before, int after)
{
	if (after != TCP_ESTABLISHED && after != TCP_CLOSE)
		return 0;
	struct socket_state *socket = bpf_sk_storage_get(&sockets, sk, 0, 0);
	if (!socket)
		return 0;
	if (after == TCP_ESTABLISHED) {
		emit_result(socket, sk, 0);
		return 0;
	}
	if (before != TCP_SYN_SENT) {
		if (before != TCP_CLOSE)
			emit_tcp_close(socket, sk);
		return 0;
	}
	__u32 error = sk->sk_err ?: sk->sk_err_soft;
	/* Without an error of its own the socket was given up by its process, or connect(2) is about to say why. */
	if (error || !attempted_here(socket))
		emit_result(socket, sk, error ?: 103 /* ECONNABORTED */);
	return 0;
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
