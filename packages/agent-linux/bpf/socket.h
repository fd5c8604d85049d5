/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What is remembered of a socket that calls out: who uses it, for which call, how far its payload was read. It lives
 * in the socket's own storage and goes away with the socket.
 */
#ifndef SOCKET_H
#define SOCKET_H

#include <bpf/bpf_helpers.h>
#include "lost.h"
#include "owner.h"

/* DNS over TCP: no resolver sends so much on one connection, and nobody asks it so much. */
#define CAPTURED_ANSWERS (1 << 20)
#define CAPTURED_QUESTIONS (1 << 18)

struct destination {
	__u32 address[4]; /* network order, an IPv4 address in the first word */
	__u16 port;
	__u16 family;
	__u16 protocol;
	__u16 reserved;
};

struct socket_state {
	struct owner owner;
	__u64 cookie;
	struct destination destination; /* of the last connect */
	__u32 generation; /* of the last call */
	__u32 connected_generation; /* of the call to `destination` */
	bool silent; /* UDP connected to `destination`, nothing sent there yet: not a call */
	bool sent_payload;
	bool asks; /* TCP that began with a DNS query */
	__u32 next_sequence;
	__u32 to_capture;
	__u32 responses_due; /* to requests that were told */
	__u32 answers_captured;
	__u32 questions_captured;
	__u32 quic_captured; /* datagrams */
	__u64 bytes_out;
	__u64 bytes_in;
	__u32 packets_out;
	__u32 packets_in;
};

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct socket_state);
} sockets SEC(".maps");

/* Destinations of sockets that send without connecting, so that each makes one call and not one per packet. */
struct flow {
	__u64 cookie;
	struct destination destination;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct flow);
	__type(value, __u32);
} flows SEC(".maps");

static __always_inline bool is_udp(__u32 protocol)
{
	return protocol == IPPROTO_UDP || protocol == IPPROTO_UDPLITE;
}

static __always_inline struct socket_state *find_socket(struct bpf_sock *sk)
{
	return bpf_sk_storage_get(&sockets, sk, 0, 0);
}

static __always_inline struct socket_state *remember_socket(struct bpf_sock *sk)
{
	struct socket_state *socket = bpf_sk_storage_get(&sockets, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!socket)
		count_lost(LOST_SOCKET_STORAGE);
	return socket;
}

static __always_inline bool has_sent_to(const struct socket_state *socket, const struct destination *destination)
{
	struct flow flow = { .cookie = socket->cookie, .destination = *destination };
	return bpf_map_lookup_elem(&flows, &flow) != NULL;
}

/* Begins the call to a destination that the socket has not sent to before; tells whether it is one. */
static __always_inline bool begin_flow(struct socket_state *socket, const struct destination *destination)
{
	if (has_sent_to(socket, destination))
		return false;
	struct flow flow = { .cookie = socket->cookie, .destination = *destination };
	socket->generation += 1;
	if (bpf_map_update_elem(&flows, &flow, &socket->generation, BPF_ANY))
		count_lost(LOST_FLOW); /* told once for each packet then: more, not less */
	return true;
}

static __always_inline bool same_destination(const struct destination *one, const struct destination *other)
{
	return one->address[0] == other->address[0] && one->address[1] == other->address[1] &&
	       one->address[2] == other->address[2] && one->address[3] == other->address[3] &&
	       one->port == other->port && one->family == other->family && one->protocol == other->protocol;
}

/* Which of the socket's calls goes to a destination. */
static __always_inline __u32 generation_to(const struct socket_state *socket, const struct destination *destination)
{
	struct flow flow = { .cookie = socket->cookie, .destination = *destination };
	__u32 *generation = bpf_map_lookup_elem(&flows, &flow);
	return generation ? *generation : socket->connected_generation;
}

static __always_inline void fill_connection(struct connection_ref *connection, const struct socket_state *socket,
					    __u32 generation)
{
	connection->cookie = socket->cookie;
	connection->generation = generation;
	connection->reserved = 0;
}

#endif
