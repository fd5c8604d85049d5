/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What may be called: user space writes the rules, the answers of the resolvers add addresses. */
#ifndef BLOCK_POLICY_H
#define BLOCK_POLICY_H

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include "../destination.h"

struct policy_settings {
	__u64 network; /* cookie of the network namespace whose resolvers are believed */
	__u32 loopback; /* 1: the machine itself may be called */
	__u32 reserved;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct policy_settings);
} settings SEC(".maps");

/* Addresses are IPv6 here, IPv4 as ::ffff:192.0.2.1. Port 0 stands for any. */
struct endpoint {
	__u32 address[4];
	__u16 port;
	__u16 reserved;
};

struct address_range {
	__u32 prefix; /* bits of what follows */
	__be16 port;
	__u8 version; /* 4 or 6: a range of IPv6 holds no IPv4 address, though these look like IPv6 here */
	__u8 address[16];
	__u8 reserved;
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 16384);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct address_range);
	__type(value, __u8);
} ranges SEC(".maps");

/* Addresses of allowed names. They stay for the run: whoever looked a name up may call it later. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct endpoint);
	__type(value, __u8);
} learned SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, struct endpoint);
	__type(value, __u8);
} resolvers SEC(".maps");

enum verdict {
	DENIED,
	ALLOWED,
	QUESTIONS_ONLY, /* a resolver: questions for allowed names and nothing else */
};

enum { PORT_OF_RESOLVERS = 53 };

static __always_inline struct policy_settings *policy_settings(void)
{
	__u32 only = 0;
	return bpf_map_lookup_elem(&settings, &only);
}

static __always_inline void endpoint_of(struct endpoint *endpoint, const __u32 *address, __u16 family, __u16 port)
{
	bool v6 = family == AF_INET6;
	endpoint->address[0] = v6 ? address[0] : 0;
	endpoint->address[1] = v6 ? address[1] : 0;
	endpoint->address[2] = v6 ? address[2] : bpf_htonl(0xffff);
	endpoint->address[3] = v6 ? address[3] : address[0];
	endpoint->port = port;
	endpoint->reserved = 0;
}

static __always_inline bool is_ipv4(const struct endpoint *endpoint)
{
	return !endpoint->address[0] && !endpoint->address[1] && endpoint->address[2] == bpf_htonl(0xffff);
}

static __always_inline bool is_loopback(const struct endpoint *endpoint)
{
	if (is_ipv4(endpoint))
		return (endpoint->address[3] & bpf_htonl(0xff000000)) == bpf_htonl(0x7f000000);
	return !endpoint->address[0] && !endpoint->address[1] && !endpoint->address[2] &&
	       endpoint->address[3] == bpf_htonl(1);
}

static __always_inline bool is_resolver(const struct endpoint *endpoint)
{
	return endpoint->port == PORT_OF_RESOLVERS && bpf_map_lookup_elem(&resolvers, endpoint);
}

static __always_inline bool in_ranges(const struct endpoint *endpoint, __u16 port)
{
	struct address_range range = {
		.prefix = 16 + 8 + 128,
		.port = bpf_htons(port),
		.version = is_ipv4(endpoint) ? 4 : 6,
	};
	__builtin_memcpy(range.address, endpoint->address, sizeof(range.address));
	return bpf_map_lookup_elem(&ranges, &range) != NULL;
}

static __always_inline bool is_learned(const struct endpoint *endpoint, __u16 port)
{
	struct endpoint wanted = *endpoint;
	wanted.port = port;
	return bpf_map_lookup_elem(&learned, &wanted) != NULL;
}

static __always_inline enum verdict judge(const struct endpoint *endpoint)
{
	if (is_resolver(endpoint))
		return QUESTIONS_ONLY;
	if (is_learned(endpoint, endpoint->port) || in_ranges(endpoint, endpoint->port) || in_ranges(endpoint, 0) ||
	    is_learned(endpoint, 0))
		return ALLOWED;
	struct policy_settings *policy = policy_settings();
	if (!policy || !policy->loopback || !is_loopback(endpoint))
		return DENIED;
	return endpoint->port == PORT_OF_RESOLVERS ? QUESTIONS_ONLY : ALLOWED;
}

static __always_inline enum verdict judge_destination(const struct destination *destination)
{
	struct endpoint endpoint;
	endpoint_of(&endpoint, destination->address, destination->family, destination->port);
	return judge(&endpoint);
}

#endif
