/* SPDX-License-Identifier: Apache-2.0 */
/* Functions that a file of the library must not call: every call becomes a compile error that names
 * the reason. The build puts this header in front of each source file; nobody includes it by hand.
 * The system's headers come first, so that their own declarations are left alone. The heap is open
 * to base/mem.c alone, which defines GG_HEAP_ALLOWED on its command line. */
#ifndef GG_BANNED_H
#define GG_BANNED_H

#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#if defined(GG_VECTORS) && defined(__x86_64__)
#include <immintrin.h> /* has inline functions that allocate */
#endif

/* Without bounds. */
#undef strcpy
#undef strcat
#undef sprintf
#undef vsprintf
#undef strtok
#undef strncpy
#undef strncat
#define strcpy(...) gg_banned_strcpy_has_no_bound
#define strcat(...) gg_banned_strcat_has_no_bound
#define sprintf(...) gg_banned_sprintf_has_no_bound
#define vsprintf(...) gg_banned_vsprintf_has_no_bound
#define strtok(...) gg_banned_strtok_has_state
#define strncpy(...) gg_banned_strncpy_may_not_terminate
#define strncat(...) gg_banned_strncat_is_misread

/* Follow the host's locale, or swallow errors: base/num.h and base/text.h do this. */
#undef atoi
#undef atol
#undef atoll
#undef atof
#undef strtod
#undef strtof
#undef strtol
#undef strtoul
#undef strtoll
#undef strtoull
#undef sscanf
#undef snprintf
#undef vsnprintf
#undef strcoll
#undef setlocale
#undef localeconv
#undef isalpha
#undef isdigit
#undef isalnum
#undef isspace
#undef isupper
#undef islower
#undef ispunct
#undef isxdigit
#undef isprint
#undef toupper
#undef tolower
#define atoi(...) gg_banned_atoi_swallows_errors
#define atol(...) gg_banned_atol_swallows_errors
#define atoll(...) gg_banned_atoll_swallows_errors
#define atof(...) gg_banned_atof_follows_the_locale
#define strtod(...) gg_banned_strtod_follows_the_locale
#define strtof(...) gg_banned_strtof_follows_the_locale
#define strtol(...) gg_banned_strtol_follows_the_locale
#define strtoul(...) gg_banned_strtoul_follows_the_locale
#define strtoll(...) gg_banned_strtoll_follows_the_locale
#define strtoull(...) gg_banned_strtoull_follows_the_locale
#define sscanf(...) gg_banned_sscanf_follows_the_locale
#define snprintf(...) gg_banned_snprintf_follows_the_locale
#define vsnprintf(...) gg_banned_vsnprintf_follows_the_locale
#define strcoll(...) gg_banned_strcoll_follows_the_locale
#define setlocale(...) gg_banned_setlocale_is_global
#define localeconv(...) gg_banned_localeconv_follows_the_locale
#define isalpha(...) gg_banned_isalpha_follows_the_locale
#define isdigit(...) gg_banned_isdigit_follows_the_locale
#define isalnum(...) gg_banned_isalnum_follows_the_locale
#define isspace(...) gg_banned_isspace_follows_the_locale
#define isupper(...) gg_banned_isupper_follows_the_locale
#define islower(...) gg_banned_islower_follows_the_locale
#define ispunct(...) gg_banned_ispunct_follows_the_locale
#define isxdigit(...) gg_banned_isxdigit_follows_the_locale
#define isprint(...) gg_banned_isprint_follows_the_locale
#define toupper(...) gg_banned_toupper_follows_the_locale
#define tolower(...) gg_banned_tolower_follows_the_locale

/* Read the clock, the zone or the environment: the same input must give the same bytes. */
#undef time
#undef clock
#undef gmtime
#undef localtime
#undef mktime
#undef ctime
#undef asctime
#undef strftime
#undef rand
#undef srand
#undef getenv
#define time(...) gg_banned_time_reads_the_clock
#define clock(...) gg_banned_clock_reads_the_clock
#define gmtime(...) gg_banned_gmtime_has_state
#define localtime(...) gg_banned_localtime_reads_the_zone
#define mktime(...) gg_banned_mktime_reads_the_zone
#define ctime(...) gg_banned_ctime_reads_the_zone
#define asctime(...) gg_banned_asctime_has_state
#define strftime(...) gg_banned_strftime_follows_the_locale
#define rand(...) gg_banned_rand_is_random
#define srand(...) gg_banned_srand_is_random
#define getenv(...) gg_banned_getenv_reads_the_environment

/* End the host's process or write to its terminal. */
#undef exit
#undef abort
#undef printf
#undef fprintf
#undef vprintf
#undef vfprintf
#undef puts
#undef putchar
#undef perror
#undef system
#define exit(...) gg_banned_exit_ends_the_host
#define abort(...) gg_banned_abort_ends_the_host
#define printf(...) gg_banned_printf_prints
#define fprintf(...) gg_banned_fprintf_prints
#define vprintf(...) gg_banned_vprintf_prints
#define vfprintf(...) gg_banned_vfprintf_prints
#define puts(...) gg_banned_puts_prints
#define putchar(...) gg_banned_putchar_prints
#define perror(...) gg_banned_perror_prints
#define system(...) gg_banned_system_runs_a_shell

#ifndef GG_HEAP_ALLOWED
#undef malloc
#undef calloc
#undef realloc
#undef free
#undef strdup
#define malloc(...) gg_banned_malloc_use_base_mem
#define calloc(...) gg_banned_calloc_use_base_mem
#define realloc(...) gg_banned_realloc_use_base_mem
#define free(...) gg_banned_free_use_base_mem
#define strdup(...) gg_banned_strdup_use_base_mem
#endif

#endif
