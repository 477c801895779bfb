/* SPDX-License-Identifier: Apache-2.0 */
/* What a compiler may be told, and may ignore. */
#ifndef GG_HINT_H
#define GG_HINT_H

/* The memory at an address will soon be read and written. */
#if defined(__GNUC__)
#define GG_PREFETCH(address) __builtin_prefetch((address), 1)
#define GG_PREFETCH_READ(address) __builtin_prefetch((address), 0) /* not written */
#else
#define GG_PREFETCH(address) ((void)(address))
#define GG_PREFETCH_READ(address) ((void)(address))
#endif

/* The processor waits for another one. */
#if defined(__GNUC__) && (defined(__x86_64__) || defined(__i386__))
#define GG_PAUSE() __builtin_ia32_pause()
#else
#define GG_PAUSE() ((void)0)
#endif

#endif
