/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A socket counts to the cgroup it was made in, and the programs of another cgroup never see it. One that came from
 * outside and is connected by a watched process is told by the change of its state.
 */
#ifndef FOREIGN_SOCKET_H
#define FOREIGN_SOCKET_H

#include <bpf/bpf_core_read.h>
#include "call.h"
#include "cgroup.h"
#include "open-connection.h"
#include "scope.h"

static __always_inline void begin_foreign_call(struct sock *sk)
{
	if (sk->sk_protocol != IPPROTO_TCP || !in_scope() || cgroup_in_scope(BPF_CORE_READ(sk, sk_cgrp_data.cgroup)))
		return;
	struct socket_state *socket = bpf_sk_storage_get(&sockets, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!socket) {
		count_lost(LOST_SOCKET_STORAGE);
		return;
	}
	current_owner(&socket->owner);
	socket->cookie = bpf_get_socket_cookie(sk);
	other_end(&socket->destination, sk);
	socket->generation += 1;
	socket->connected_generation = socket->generation;
	emit_call(socket, &socket->destination, socket->generation, sk, sk->__sk_common.skc_num);
}

#endif
