/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Sessions of TLS libraries that speak HTTP, and the connection each of them uses. The library does not tell which
 * socket it writes to, and Node writes for it: but the first packet that a thread sends after it gave the library
 * something to encrypt, and that holds a TLS record as long as that, is the session's.
 */
#ifndef TLS_SESSION_H
#define TLS_SESSION_H

#include "packet.h"
#include "ring.h"
#include "socket.h"

struct tls_key {
	__u64 session; /* the library's pointer */
	__u32 pid;
	__u32 reserved;
};

enum { HTTP2_FRAME_HEADER = 9 };

/* One direction of a session. */
struct tls_flow {
	__u32 sequence; /* bytes told so far */
	__u32 frame_left; /* of an HTTP/2 frame that goes on in the next piece */
	__u32 header_length; /* of a frame's header that goes on there */
	__u8 header[16];
	bool frame_told; /* the frame that goes on is one that is told */
	bool garbled; /* frames that could not be followed */
};

struct tls_session {
	__u64 cookie; /* of the socket that user space was told */
	__u32 generation;
	__u32 to_capture; /* of the HTTP/1 head */
	__u32 responses_due; /* of HTTP/1, to requests that were told */
	bool is_http2;
	struct tls_flow out;
	struct tls_flow in;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct tls_key);
	__type(value, struct tls_session);
} tls_sessions SEC(".maps");

/* The last write of a thread. */
struct tls_write {
	__u64 session;
	__u64 text;
	__u64 length;
	__u64 written; /* where SSL_write_ex(3) says how much it took */
	__u32 first_record; /* the library may cut what is longer than this */
	bool sent;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, __u64); /* thread and process */
	__type(value, struct tls_write);
} tls_writes SEC(".maps");

static __always_inline void tls_key(struct tls_key *key, __u64 session)
{
	key->session = session;
	key->pid = bpf_get_current_pid_tgid() >> 32;
	key->reserved = 0;
}

static __always_inline struct tls_session *remember_tls_session(const struct tls_key *key)
{
	struct tls_session *session = bpf_map_lookup_elem(&tls_sessions, key);
	if (session)
		return session;
	struct tls_session fresh = {};
	if (bpf_map_update_elem(&tls_sessions, key, &fresh, BPF_ANY))
		count_lost(LOST_TLS_SESSION);
	return bpf_map_lookup_elem(&tls_sessions, key);
}

enum { TLS_APPLICATION_DATA = 23, TLS_RECORD_HEADER = 5, TLS_RECORD_TEXT = 16384 };
/* Go begins with records that fit into one packet, some bytes more or less for each cipher. */
enum { GO_FIRST_RECORD = 1100 };
/* What encryption adds: a tag at least; a vector, a hash and padding with the old ciphers. */
enum { TLS_LEAST_ADDED = 16, TLS_MOST_ADDED = 96 };
/* Change of cipher, Finished, and then what the library was given. */
#define TLS_RECORDS_LOOKED_AT 4

static __always_inline bool holds_record_of(struct __sk_buff *skb, const struct packet *packet,
					    const struct tls_write *write)
{
	__u32 most = write->length < TLS_RECORD_TEXT ? write->length : TLS_RECORD_TEXT;
	__u32 least = most < write->first_record ? most : write->first_record;
	__u32 offset = 0;
	for (int i = 0; i < TLS_RECORDS_LOOKED_AT; i++) {
		__u8 header[TLS_RECORD_HEADER];
		if (offset + sizeof(header) > packet->length ||
		    bpf_skb_load_bytes(skb, packet->payload + offset, header, sizeof(header)))
			return false;
		__u32 size = be16(header + 3);
		if (header[0] == TLS_APPLICATION_DATA && size >= least + TLS_LEAST_ADDED && size <= most + TLS_MOST_ADDED)
			return true;
		offset += sizeof(header) + size;
	}
	return false;
}

/* Tells user space which connection a session uses, if this packet shows it. `start` is that of the packet. */
static __always_inline void link_tls_session(struct __sk_buff *skb, struct socket_state *socket,
					     const struct packet *packet, const __u8 *start)
{
	if (start[0] < 20 || start[0] > TLS_APPLICATION_DATA || start[1] != 3)
		return;
	/* Linux 6.1 offers cgroup_skb programs no bpf_get_current_pid_tgid. */
	struct task_struct *task = bpf_get_current_task_btf();
	__u64 thread = (__u64)task->tgid << 32 | (__u32)task->pid;
	struct tls_write *write = bpf_map_lookup_elem(&tls_writes, &thread);
	if (!write || write->sent || thread >> 32 != socket->owner.pid)
		return;
	if (!holds_record_of(skb, packet, write))
		return;
	write->sent = true;
	struct tls_key key = { .session = write->session, .pid = thread >> 32 };
	struct tls_session *session = remember_tls_session(&key);
	if (!session)
		return;
	if (session->cookie == socket->cookie && session->generation == socket->connected_generation)
		return;
	struct record_tls_link *record = reserve_record(RECORD_TLS_LINK, sizeof(*record));
	if (!record)
		return;
	fill_header(&record->header, RECORD_TLS_LINK, sizeof(*record), &socket->owner);
	fill_connection(&record->connection, socket, socket->connected_generation);
	record->session = write->session;
	submit_record(record);
	session->cookie = socket->cookie;
	session->generation = socket->connected_generation;
}

#endif
