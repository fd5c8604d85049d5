/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * TCP connections that were open before capture began: an iterator goes once through the open files of the watched
 * processes and tells them as calls, established. What they do from then on is seen like that of any other call.
 */
#ifndef OPEN_CONNECTION_H
#define OPEN_CONNECTION_H

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include "call.h"
#include "cgroup.h"
#include "result.h"
#include "socket.h"

#define CHOSEN_BY_CONNECT (-1)

/*
 * Both ends of a connection look alike. But a port that connect(2) chose is in a bucket that says so, and one that
 * somebody listens on is not.
 */
static __always_inline bool called_out(struct sock *sk)
{
	__u8 state = sk->__sk_common.skc_state;
	if (sk->sk_protocol != IPPROTO_TCP || (state != TCP_ESTABLISHED && state != TCP_CLOSE_WAIT))
		return false;
	struct inet_connection_sock *connection = (void *)bpf_skc_to_tcp_sock(sk);
	return connection && BPF_CORE_READ(connection, icsk_bind_hash, fastreuse) == CHOSEN_BY_CONNECT;
}

static __always_inline void other_end(struct destination *destination, struct sock *sk)
{
	__builtin_memset(destination, 0, sizeof(*destination));
	destination->protocol = IPPROTO_TCP;
	destination->port = bpf_ntohs(sk->__sk_common.skc_dport);
	destination->family = sk->__sk_common.skc_family;
	if (destination->family == AF_INET) {
		destination->address[0] = sk->__sk_common.skc_daddr;
		return;
	}
	destination->address[0] = sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32[0];
	destination->address[1] = sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32[1];
	destination->address[2] = sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32[2];
	destination->address[3] = sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32[3];
}

SEC("iter/task_file")
int on_open_file(struct bpf_iter__task_file *step)
{
	struct task_struct *task = step->task;
	struct file *file = step->file;
	if (!task || !file)
		return 0;
	struct socket *opened = bpf_sock_from_file(file);
	struct sock *sk = opened ? opened->sk : NULL;
	if (!sk || !called_out(sk) || !cgroup_in_scope(BPF_CORE_READ(task, cgroups, dfl_cgrp)))
		return 0;
	if (bpf_sk_storage_get(&sockets, sk, 0, 0))
		return 0; /* told: connected meanwhile, or open in another process too */
	struct socket_state *socket = bpf_sk_storage_get(&sockets, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!socket) {
		count_lost(LOST_SOCKET_STORAGE);
		return 0;
	}

	owner_of_task(&socket->owner, task);
	socket->cookie = bpf_get_socket_cookie(sk);
	other_end(&socket->destination, sk);
	socket->generation = 1;
	socket->connected_generation = 1;
	struct tcp_sock *tcp = bpf_skc_to_tcp_sock(sk);
	if (tcp) {
		/* What was said first is past; a request that begins from now on is not. */
		socket->sent_payload = true;
		socket->next_sequence = tcp->snd_nxt;
	}
	emit_call(socket, &socket->destination, socket->generation, sk, sk->__sk_common.skc_num);
	emit_result(socket, sk, 0);
	return 0;
}

#endif
