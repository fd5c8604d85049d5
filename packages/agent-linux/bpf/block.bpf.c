/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Block mode: denies calls. Loaded and attached after capture.bpf.c, whose maps of the same names it uses. */
#include "kernel.h"
#include "block/call.h"
#include "block/traffic.h"
#include "block/foreign-socket.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";
