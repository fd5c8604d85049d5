/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What getaddrinfo(3) was asked and answered: names from /etc/hosts, nscd or nss-resolve never cross the wire, and
 * yet the process asked for them.
 */
#ifndef LOOKUP_H
#define LOOKUP_H

#include <bpf/bpf_helpers.h>
#include "owner.h"
#include "ring.h"
#include "scope.h"

/* struct addrinfo of glibc and musl on 64-bit machines, as netdb.h has it. */
struct address_info {
	__s32 flags;
	__s32 family;
	__s32 socket_type;
	__s32 protocol;
	__u32 address_length;
	__u32 padding;
	__u64 address;
	__u64 canonical_name;
	__u64 next;
};

struct asked {
	__u64 result;
	__u32 name_length;
	__u32 reserved;
	__u8 name[LOOKUP_NAME_SIZE];
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u64);
	__type(value, struct asked);
} lookups SEC(".maps");

SEC("uprobe/getaddrinfo")
int on_lookup(struct pt_regs *registers)
{
	void *name = (void *)FIRST_ARGUMENT(registers);
	if (!name || !in_scope())
		return 0;
	struct asked asked = { .result = FOURTH_ARGUMENT(registers) };
	long length = bpf_probe_read_user_str(asked.name, sizeof(asked.name), name);
	__u64 thread = bpf_get_current_pid_tgid();
	asked.name_length = length - 1;
	if (length <= 0 || bpf_map_update_elem(&lookups, &thread, &asked, BPF_ANY))
		count_lost(LOST_LOOKUP);
	return 0;
}

static __always_inline bool read_answer(struct looked_up_address *answer, const struct address_info *info)
{
	/* sin_addr is at byte 4 of its structure, sin6_addr at byte 8. */
	__u64 offset = info->family == AF_INET6 ? 8 : 4;
	__u64 size = info->family == AF_INET6 ? 16 : 4;
	__builtin_memset(answer, 0, sizeof(*answer));
	answer->family = info->family;
	if (info->family != AF_INET && info->family != AF_INET6)
		return false;
	return bpf_probe_read_user(answer->address, size, (void *)(info->address + offset)) == 0;
}

SEC("uretprobe/getaddrinfo")
int on_lookup_return(struct pt_regs *registers)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct asked *asked = bpf_map_lookup_elem(&lookups, &thread);
	if (!asked)
		return 0;
	__u64 next = 0;
	struct record_lookup *record = NULL;
	if ((__s32)RETURN_VALUE(registers) == 0) {
		if (bpf_probe_read_user(&next, sizeof(next), (void *)asked->result))
			count_lost(LOST_LOOKUP);
		else
			record = reserve_record(RECORD_LOOKUP, sizeof(*record));
	}
	if (!record) {
		bpf_map_delete_elem(&lookups, &thread);
		return 0;
	}

	struct owner owner;
	current_owner(&owner);
	fill_header(&record->header, RECORD_LOOKUP, sizeof(*record), &owner);
	record->name_length = asked->name_length;
	__builtin_memcpy(record->name, asked->name, sizeof(record->name));
	__u32 count = 0;
	for (int i = 0; i < LOOKUP_ADDRESSES; i++) {
		struct address_info info;
		__builtin_memset(&record->addresses[i], 0, sizeof(record->addresses[i]));
		if (!next || bpf_probe_read_user(&info, sizeof(info), (void *)next)) {
			next = 0;
			continue;
		}
		read_answer(&record->addresses[i], &info);
		next = info.next;
		count = i + 1;
	}
	record->count = count;
	submit_record(record);
	bpf_map_delete_elem(&lookups, &thread);
	return 0;
}

#endif
