/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Connects that io_uring(7) makes have no connect(2) that returns: their errors come with their completions. */
#ifndef IO_URING_H
#define IO_URING_H

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include "connect-error.h"

enum { IORING_OP_CONNECT = 16 };
enum { ECANCELED = 125 };

SEC("tp_btf/io_uring_complete")
int BPF_PROG(on_completion, void *ring, struct io_kiocb *request)
{
	if (BPF_CORE_READ(request, opcode) != IORING_OP_CONNECT)
		return 0;
	__s32 result = BPF_CORE_READ(request, cqe.res);
	/* A connect that was called off may still succeed: its socket goes on. */
	if (!says_why(result) || result == -ECANCELED || !in_scope())
		return 0;
	struct socket *opened = (struct socket *)BPF_CORE_READ(request, file, private_data);
	tell_connect_error(BPF_CORE_READ(opened, sk), -result);
	return 0;
}

#endif
