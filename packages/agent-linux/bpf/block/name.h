/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which names are allowed: exact ones, all below a domain, and those whose first label begins in some way. */
#ifndef BLOCK_NAME_H
#define BLOCK_NAME_H

#include "workspace.h"

/* For names that begin, turned, with the key. */
struct name_grant {
	__u32 depth; /* labels of the key, one that is only begun included */
	struct granted_ports at_depth;
	struct granted_ports below;
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 4096);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct turned_name);
	__type(value, struct name_grant);
} names SEC(".maps");

struct name_reading {
	struct workspace *workspace;
	__u32 offset; /* in the message */
	__u32 labels;
	bool complete;
};

static long next_label(__u32 index, struct name_reading *reading)
{
	struct workspace *workspace = reading->workspace;
	__u8 length = message_byte(workspace, reading->offset);
	if (length == 0) {
		reading->offset += 1;
		reading->complete = true;
		return 1;
	}
	if (length > 63 || reading->labels >= NAME_LABELS || reading->offset + length >= workspace->length)
		return 1;
	workspace->labels[reading->labels & (NAME_LABELS - 1)] = reading->offset;
	reading->labels += 1;
	reading->offset += length + 1;
	return 0;
}

struct name_turning {
	struct workspace *workspace;
	__u32 labels; /* that are left */
	__u32 done; /* of the label */
	__u32 length;
	bool complete;
};

static __always_inline bool is_in_names(__u8 byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
}

static long turn_byte(__u32 index, struct name_turning *turning)
{
	struct workspace *workspace = turning->workspace;
	__u8 byte = '.';
	bool last = !turning->labels; /* the dot that ends the name */
	if (!last) {
		__u32 label = workspace->labels[(turning->labels - 1) & (NAME_LABELS - 1)];
		if (turning->done < message_byte(workspace, label)) {
			turning->done += 1;
			byte = message_byte(workspace, label + turning->done);
			if (byte >= 'A' && byte <= 'Z')
				byte |= 0x20;
			if (!is_in_names(byte))
				return 1;
		} else {
			turning->labels -= 1;
			turning->done = 0;
		}
	}
	workspace->name.text[turning->length & (NAME_SIZE - 1)] = byte;
	turning->length += 1;
	turning->complete = last;
	return last;
}

/*
 * Reads the name that the message asks for and looks up what is granted to it; gives the end of the name, 0 if there
 * is none that can be read. The verifier looks at such a function once, and not for each caller; but it must be told by
 * number what to work on, since it takes no key from memory that it knows as a parameter (Linux 6.1).
 */
__attribute__((noinline)) int read_question(__u32 number)
{
	struct workspace *workspace = bpf_map_lookup_elem(&workspaces, &number);
	if (!workspace)
		return 0;
	workspace->granted.count = 0;
	struct name_reading reading = { .workspace = workspace, .offset = 12 };
	bpf_loop(NAME_LABELS + 1, next_label, &reading, 0);
	if (!reading.complete || !reading.labels)
		return 0;
	struct name_turning turning = { .workspace = workspace, .labels = reading.labels };
	bpf_loop(NAME_SIZE, turn_byte, &turning, 0);
	if (!turning.complete)
		return reading.offset;
	workspace->name.prefix = 8 * turning.length;
	struct name_grant *grant = bpf_map_lookup_elem(&names, &workspace->name);
	if (grant)
		workspace->granted = reading.labels == grant->depth ? grant->at_depth : grant->below;
	return reading.offset;
}

#endif
