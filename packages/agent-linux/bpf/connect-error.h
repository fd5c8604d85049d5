/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The errno of connect(2), where no TCP state changes: no route, denied. Which socket it was is looked up only then, so
 * that a connect that succeeds pays nothing for it.
 */
#ifndef CONNECT_ERROR_H
#define CONNECT_ERROR_H

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include "ring.h"
#include "scope.h"
#include "socket.h"

enum { EBADF = 9, ENOTSOCK = 88, EISCONN = 106, EALREADY = 114, EINPROGRESS = 115, ERESTARTSYS = 512, EINTR = 4 };

/* Whether what a connect returned is the end of the call: it may go on, or was never begun. */
static __always_inline bool says_why(__s64 result)
{
	__u32 error = -result;
	return result < 0 && error != EINPROGRESS && error != EINTR && error != ERESTARTSYS && error != EALREADY &&
	       error != EISCONN && error != EBADF && error != ENOTSOCK;
}

/* What the current process gave as a system call's first argument, and the call's number. */
static __always_inline __u64 syscall_first_argument(void)
{
	struct pt_regs *registers = (struct pt_regs *)bpf_task_pt_regs(bpf_get_current_task_btf());
#if defined(__TARGET_ARCH_arm64)
	return BPF_CORE_READ((struct pt_regs___syscall *)registers, orig_x0);
#else
	__u64 argument = 0;
	bpf_probe_read_kernel(&argument, sizeof(argument), &FIRST_ARGUMENT(registers));
	return argument;
#endif
}

static __always_inline __s64 syscall_number(void)
{
	struct pt_regs *registers = (struct pt_regs *)bpf_task_pt_regs(bpf_get_current_task_btf());
#if defined(__TARGET_ARCH_arm64)
	return BPF_CORE_READ((struct pt_regs___syscall *)registers, syscallno);
#else
	__s64 number = 0;
	bpf_probe_read_kernel(&number, sizeof(number), &registers->orig_ax);
	return number;
#endif
}

/* Tells whether connect(2) of the socket's last call runs at this moment, and will say why it fails. */
static __always_inline bool connects_now(const struct socket_state *socket)
{
	return (__u32)bpf_get_current_task_btf()->pid == socket->owner.thread && syscall_number() == SYSCALL_CONNECT;
}

static __always_inline void tell_connect_error(const struct sock *sk, __u32 error)
{
	__u64 cookie = BPF_CORE_READ(sk, __sk_common.skc_cookie.counter);
	/* Without a number no call of it was seen. A UDP connect that fails is none. */
	if (!cookie || BPF_CORE_READ(sk, sk_protocol) != IPPROTO_TCP)
		return;
	struct record_result *record = reserve_record(RECORD_RESULT, sizeof(*record));
	if (!record)
		return;
	struct owner owner;
	current_owner(&owner);
	__builtin_memset(record, 0, sizeof(*record));
	fill_header(&record->header, RECORD_RESULT, sizeof(*record), &owner);
	record->connection.cookie = cookie;
	record->connection.generation = LAST_GENERATION;
	record->error = error;
	submit_record(record);
}

struct syscall_exit {
	__u64 common;
	__s64 number;
	__s64 result;
};

SEC("tracepoint/syscalls/sys_exit_connect")
int on_connect_exit(struct syscall_exit *call)
{
	if (!says_why(call->result) || !in_scope())
		return 0;
	struct task_struct *task = bpf_get_current_task_btf();
	struct file **files = BPF_CORE_READ(task, files, fdt, fd);
	struct file *file = NULL;
	bpf_probe_read_kernel(&file, sizeof(file), files + (__u32)syscall_first_argument());
	struct socket *opened = BPF_CORE_READ(file, private_data);
	tell_connect_error(BPF_CORE_READ(opened, sk), -call->result);
	return 0;
}

#endif
