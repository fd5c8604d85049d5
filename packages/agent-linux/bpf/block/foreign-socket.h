/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the cgroup's programs never see: sockets of other families (packet(7), AF_XDP, vsock), and those that were made
 * outside the cgroup and handed in. The kernel asks its security modules about them, whether there are any or not.
 */
#ifndef BLOCK_FOREIGN_SOCKET_H
#define BLOCK_FOREIGN_SOCKET_H

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include "../cgroup.h"
#include "../scope.h"
#include "blocked.h"
#include "policy.h"

enum { EPERM = 1, SIGKILL = 9, CAP_NET_RAW = 13 };
enum { AF_RDS = 21, AF_PPPOX = 24, AF_TIPC = 30, AF_BLUETOOTH = 31, AF_QIPCRTR = 42 };
/* Makes a packet socket of an IPv4 one, as before Linux 2.2 (packet(7)). */
enum { SOCK_PACKET = 10, SOCK_TYPE_MASK = 15 };

/* Local ones and those whose packets are judged. */
static __always_inline bool is_usual_family(__u32 family)
{
	return family == AF_UNSPEC || family == AF_UNIX || family == AF_INET || family == AF_INET6 ||
	       family == AF_NETLINK || family == AF_ALG;
}

/* There is no destination to tell yet, nor ever a number of the socket. */
static __always_inline void tell_family(void)
{
	struct blocked_call call = { .cookie = 1ULL << 63 | bpf_ktime_get_ns() };
	call.destination.family = AF_INET;
	call.destination.protocol = IPPROTO_RAW;
	tell_blocked(&call);
}

SEC("fmod_ret/security_socket_create")
int BPF_PROG(block_family, int family, int type, int protocol, int kern, int before)
{
	if (before || kern || is_usual_family(family) || !in_scope())
		return before;
	tell_family();
	return -EPERM;
}

/* Those that lead out of the machine; the kernel itself refuses some of them to processes without the right. */
static __always_inline bool leads_out(__u32 family, __u32 type)
{
	if (family == AF_VSOCK || family == AF_PPPOX || family == AF_RDS || family == AF_TIPC || family == AF_BLUETOOTH ||
	    family == AF_QIPCRTR)
		return true;
	bool is_packet = family == AF_PACKET || (family == AF_INET && (type & SOCK_TYPE_MASK) == SOCK_PACKET);
	if (!is_packet && family != AF_XDP)
		return false;
	__u64 rights = 0;
	const struct cred *cred = bpf_get_current_task_btf()->cred;
	bpf_probe_read_kernel(&rights, sizeof(rights), &cred->cap_effective);
	return rights & 1ULL << CAP_NET_RAW;
}

struct socket_entry {
	__u64 common;
	__s64 number;
	__u64 family;
	__u64 type;
};

/*
 * Where the kernel does not let its answer be changed: whoever asks for such a socket never gets to use it. io_uring and
 * 32-bit programs ask by other calls, which no program sees there.
 */
SEC("tracepoint/syscalls/sys_enter_socket")
int block_family_by_kill(struct socket_entry *call)
{
	if (!leads_out(call->family, call->type) || !in_scope())
		return 0;
	tell_family();
	bpf_send_signal(SIGKILL);
	return 0;
}

static __always_inline bool is_own(struct sock *sk)
{
	return cgroup_in_scope(BPF_CORE_READ(sk, sk_cgrp_data.cgroup));
}

/* `unnamed` is what an address of no family is taken for. */
static __always_inline bool read_address(struct destination *destination, const void *address, __u32 length,
					 __u16 unnamed)
{
	__u16 head[2];
	if (length < 16 || bpf_probe_read_kernel(head, sizeof(head), address))
		return false;
	if (head[0] == AF_UNSPEC)
		head[0] = unnamed;
	destination->family = head[0];
	destination->port = bpf_ntohs(head[1]);
	if (head[0] == AF_INET)
		return bpf_probe_read_kernel(destination->address, 4, address + 4) == 0;
	return head[0] == AF_INET6 && length >= 24 &&
	       bpf_probe_read_kernel(destination->address, 16, address + 8) == 0;
}

/* An IPv4 address in an IPv6 one, or the unspecified one: told and judged as what it is. */
static __always_inline void plain_destination(struct destination *destination)
{
	__u32 *address = destination->address;
	if (destination->family == AF_INET6 && !address[0] && !address[1] && address[2] == bpf_htonl(0xffff)) {
		destination->family = AF_INET;
		address[0] = address[3];
		address[2] = address[3] = 0;
	}
	if (destination->family == AF_INET && !address[0])
		address[0] = bpf_htonl(LOOPBACK);
	if (destination->family == AF_INET6 && !address[0] && !address[1] && !address[2] && !address[3])
		address[3] = bpf_htonl(1);
}

/* Raw sockets are connected without a port. */
static __always_inline bool read_other_end(struct destination *destination, struct sock *sk)
{
	__u16 family = sk->__sk_common.skc_family;
	destination->family = family;
	destination->port = bpf_ntohs(sk->__sk_common.skc_dport);
	__builtin_memset(destination->address, 0, sizeof(destination->address));
	if (family == AF_INET)
		destination->address[0] = sk->__sk_common.skc_daddr;
	else
		BPF_CORE_READ_INTO(&destination->address, sk, __sk_common.skc_v6_daddr);
	return destination->address[0] || destination->address[1] || destination->address[2] || destination->address[3];
}

static __always_inline int judge_foreign(struct sock *sk, struct destination *destination, bool once)
{
	struct blocked_call call = { .destination = *destination };
	plain_destination(&call.destination);
	call.destination.protocol = BPF_CORE_READ(sk, sk_protocol);
	enum verdict verdict = judge_destination(&call.destination);
	if (verdict == ALLOWED || (verdict == QUESTIONS_ONLY && is_own(sk)))
		return 0;
	call.sk = sk;
	call.cookie = bpf_get_socket_cookie(sk);
	if (!once || !is_told(&call))
		tell_blocked(&call);
	return -EPERM;
}

/* Also Multipath TCP and SCTP, whose connect no program of the cgroup sees. */
SEC("fmod_ret/security_socket_connect")
int BPF_PROG(block_foreign_connect, struct socket *socket, void *address, int length, int before)
{
	if (before || !in_scope())
		return before;
	struct sock *sk = socket->sk;
	if (!sk)
		return 0;
	__u16 family = sk->__sk_common.skc_family;
	__u32 protocol = sk->sk_protocol;
	if (!is_usual_family(family))
		return -EPERM;
	if ((family != AF_INET && family != AF_INET6) || is_udp(protocol))
		return 0;
	if (protocol != IPPROTO_TCP && protocol != IPPROTO_MPTCP && protocol != IPPROTO_SCTP)
		return 0;
	if (protocol == IPPROTO_TCP && is_own(sk))
		return 0;
	struct destination destination = {};
	if (!read_address(&destination, address, length, AF_UNSPEC))
		return 0; /* disconnects, or is refused by the kernel itself */
	return judge_foreign(sk, &destination, false);
}

SEC("fmod_ret/security_socket_sendmsg")
int BPF_PROG(block_foreign_send, struct socket *socket, struct msghdr *message, int size, int before)
{
	if (before || !in_scope())
		return before;
	struct sock *sk = socket->sk;
	if (!sk)
		return 0;
	__u16 family = sk->__sk_common.skc_family;
	if (!is_usual_family(family))
		return -EPERM;
	if ((family != AF_INET && family != AF_INET6) || is_own(sk))
		return 0;
	struct destination destination = {};
	__u16 unnamed = family == AF_INET6 && is_udp(sk->sk_protocol) ? AF_UNSPEC : family;
	if (!read_address(&destination, message->msg_name, message->msg_namelen, unnamed) &&
	    !read_other_end(&destination, sk))
		return -EPERM; /* there is nobody that it goes to, or nobody knows who */
	return judge_foreign(sk, &destination, true);
}

#endif
