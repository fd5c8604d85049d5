/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What travels through the ring: one header, and what is special to each type. Little endian, no implicit
 * padding; src/decode/ reads the same layout.
 */
#ifndef RECORD_H
#define RECORD_H

#include "kernel.h"

enum record_type {
	RECORD_EXEC = 1,
	RECORD_FORK = 2,
	RECORD_EXIT = 3,
	RECORD_CALL = 4,
	RECORD_RESULT = 5,
	RECORD_CLOSE = 6,
	RECORD_PAYLOAD = 7,
	RECORD_LOOKUP = 8,
	RECORD_CGROUP = 9,
	RECORD_TLS_TEXT = 12,
	RECORD_TLS_LINK = 13,
	RECORD_TLS_END = 14,
	RECORD_BLOCKED = 15,
};

#define RECORD_SIZE(type, bytes) _Static_assert(sizeof(struct type) == (bytes), #type " has another size")

struct record_header {
	__u16 type;
	__u16 flags;
	__u32 size;
	__u64 time; /* CLOCK_MONOTONIC, nanoseconds */
	__u32 pid;
	__u32 thread;
	__u64 start; /* CLOCK_BOOTTIME, nanoseconds */
	__u64 parent_start;
	__u32 parent_pid;
	__u32 uid;
};
RECORD_SIZE(record_header, 48);

struct connection_ref {
	__u64 cookie; /* the kernel's number of the socket */
	__u32 generation; /* one socket can make several calls, counted from 1 */
	__u32 reserved;
};
RECORD_SIZE(connection_ref, 16);

/* Of a result: whatever call the socket made last. */
#define LAST_GENERATION 0

enum exec_flags { EXEC_ARGS_CUT = 1, EXEC_ENVIRONMENT_CUT = 2, EXEC_PATH_CUT = 4 };

/*
 * The data is: executable, directory (both as NUL-ended names, the last one of the path first), arguments and
 * environment (both as NUL-ended strings).
 */
struct record_exec {
	struct record_header header;
	__u64 cgroup;
	__u32 executable_length;
	__u32 directory_length;
	__u32 args_length;
	__u32 environment_length;
	__u8 data[];
};
RECORD_SIZE(record_exec, 72);

#define CGROUP_PATH_SIZE 1024

struct record_cgroup { /* a new one */
	struct record_header header;
	__u64 cgroup;
	__u32 path_length;
	__u32 reserved;
	__u8 path[CGROUP_PATH_SIZE]; /* from the root of the hierarchy */
};
RECORD_SIZE(record_cgroup, 1088);

struct record_fork { /* the header is the child's */
	struct record_header header;
};
RECORD_SIZE(record_fork, 48);

struct record_exit {
	struct record_header header;
	__u32 status; /* as wait(2) gives it */
	__u32 reserved;
};
RECORD_SIZE(record_exit, 56);

struct record_call {
	struct record_header header;
	struct connection_ref connection;
	__u16 family;
	__u16 protocol;
	__u16 port;
	__u16 source_port; /* 0 where none is chosen yet, or there is none */
	__u8 address[16]; /* network order, an IPv4 address in the first four bytes */
	__u64 cgroup; /* of the process */
	__u32 network; /* inode of the socket's network namespace */
	__u32 reserved;
};
RECORD_SIZE(record_call, 104);

struct record_result {
	struct record_header header;
	struct connection_ref connection;
	__u32 error; /* errno, 0 once established */
	__u16 family;
	__u16 source_port;
	__u8 source_address[16];
};
RECORD_SIZE(record_result, 88);

struct record_close {
	struct record_header header;
	struct connection_ref connection;
	__u64 bytes_out;
	__u64 bytes_in;
	__u32 packets_out;
	__u32 packets_in;
};
RECORD_SIZE(record_close, 88);

enum payload_flags {
	PAYLOAD_INBOUND = 1,
	PAYLOAD_BEGINS = 2, /* a first flight or a request starts here; what follows on the connection belongs to it */
	PAYLOAD_DNS = 4, /* what a resolver is asked, or what it answers */
	PAYLOAD_STRANGER = 8, /* from an address that the socket has not sent to */
	PAYLOAD_LOOPBACK = 16, /* came from this machine itself */
	PAYLOAD_RESPONSE = 32, /* the beginning of the answer to a request, from the other side */
};

struct record_payload {
	struct record_header header;
	struct connection_ref connection;
	__u32 sequence; /* TCP's, of the first byte */
	__u16 length;
	__u16 protocol;
	__u8 data[];
};
RECORD_SIZE(record_payload, 72);

#define LOOKUP_NAME_SIZE 256
#define LOOKUP_ADDRESSES 16

struct looked_up_address {
	__u32 family;
	__u8 address[16];
};

struct record_lookup {
	struct record_header header;
	__u32 name_length;
	__u32 count;
	__u8 name[LOOKUP_NAME_SIZE];
	struct looked_up_address addresses[LOOKUP_ADDRESSES];
};
RECORD_SIZE(record_lookup, 632);

enum tls_text_flags {
	TLS_TEXT_BEGINS = 1, /* a request or, with HTTP/2, a connection starts here */
	TLS_TEXT_HTTP2 = 2,
	TLS_TEXT_INBOUND = 4, /* what the library gave, and not what it was given */
};

struct record_tls_text { /* what a TLS library was given to encrypt */
	struct record_header header;
	__u64 session; /* the library's pointer: one process's */
	__u32 sequence; /* of the first byte, among those told of this session in this direction */
	__u16 length;
	__u16 reserved;
	__u8 data[];
};
RECORD_SIZE(record_tls_text, 64);

struct record_tls_link { /* the connection that a session uses */
	struct record_header header;
	struct connection_ref connection;
	__u64 session;
};
RECORD_SIZE(record_tls_link, 72);

struct record_tls_end {
	struct record_header header;
	__u64 session;
};
RECORD_SIZE(record_tls_end, 56);

#define BLOCKED_NAME_SIZE 256

/* What the policy denied: a call that there is a record of already, or one that never became one. */
struct record_blocked {
	struct record_call call;
	__u8 name[]; /* of a question to a resolver, as it stands there, in so many bytes as `call.reserved` says */
};
RECORD_SIZE(record_blocked, 104);

#endif
