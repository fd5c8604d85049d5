/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* TCP's own states: a call begins, is answered, is over. */
#ifndef TCP_STATE_H
#define TCP_STATE_H

#include <bpf/bpf_tracing.h>
#include "connect-error.h"
#include "foreign-socket.h"
#include "result.h"

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(on_tcp_state, struct sock *sk, int before, int after)
{
	if (after == TCP_SYN_SENT)
		begin_foreign_call(sk);
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
	if (error || !connects_now(socket))
		emit_result(socket, sk, error ?: 103 /* ECONNABORTED */);
	return 0;
}

#endif
