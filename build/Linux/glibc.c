/*
 * What Debian's libraries for C++ and OpenSSL need of glibc beyond what musl has: Debian has none of them for musl, and .NET needs them.
 * Preloaded, under the name of glibc's loader. For tests of what LlamaGate asks of musl, not for use.
 */
#define _GNU_SOURCE
#include <link.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/select.h>
#include <syslog.h>
#include <time.h>

/* libstdc++ */

char __libc_single_threaded = 0;

uint32_t arc4random(void)
{
    uint32_t number = 0;
    getrandom(&number, sizeof number, 0);
    return number;
}

size_t __strftime_l(char *text, size_t size, const char *format, const struct tm *time, locale_t locale)
{
    return strftime_l(text, size, format, time, locale);
}

/* Objects of a thread are not destroyed when it ends. */
int __cxa_thread_atexit_impl(void (*destroy)(void *), void *object, void *library)
{
    (void)destroy, (void)object, (void)library;
    return 0;
}

/* libgcc: its own have a version that musl does not see. */

unsigned int __cpu_model[4];

int __cpu_indicator_init(void)
{
    return 0;
}

/* libgcc: where the tables for exceptions are, laid out as in glibc's bits/dl_find_object.h. */
struct found {
    unsigned long long flags;
    void *start, *end;
    struct link_map *map;
    void *eh_frame;
    unsigned long long reserved[7];
};

struct search {
    uintptr_t address;
    struct found *result;
    int is_found;
};

static int look(struct dl_phdr_info *info, size_t size, void *data)
{
    struct search *search = data;
    uintptr_t start = UINTPTR_MAX, end = 0, frame = 0;
    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        uintptr_t from = info->dlpi_addr + header->p_vaddr, to = from + header->p_memsz;
        if (header->p_type == PT_LOAD) {
            start = from < start ? from : start;
            end = to > end ? to : end;
        } else if (header->p_type == PT_GNU_EH_FRAME) {
            frame = from;
        }
    }

    if (search->address < start || search->address >= end || frame == 0) {
        return 0;
    }

    *search->result = (struct found){.start = (void *)start, .end = (void *)end, .eh_frame = (void *)frame};
    search->is_found = 1;
    return 1;
}

int _dl_find_object(void *address, struct found *result)
{
    struct search search = {(uintptr_t)address, result, 0};
    dl_iterate_phdr(look, &search);
    return search.is_found ? 0 : -1;
}

/* OpenSSL: calls that glibc checks. */

void *__memcpy_chk(void *to, const void *from, size_t size, size_t limit)
{
    (void)limit;
    return memcpy(to, from, size);
}

void *__memset_chk(void *to, int value, size_t size, size_t limit)
{
    (void)limit;
    return memset(to, value, size);
}

char *__strcat_chk(char *to, const char *from, size_t limit)
{
    (void)limit;
    return strcat(to, from);
}

long __fdelt_chk(long descriptor)
{
    return descriptor / (8 * (long)sizeof(long));
}

int __sprintf_chk(char *text, int flag, size_t limit, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)flag;
    int length = vsnprintf(text, limit, format, arguments);
    va_end(arguments);
    return length;
}

int __vfprintf_chk(FILE *file, int flag, const char *format, va_list arguments)
{
    (void)flag;
    return vfprintf(file, format, arguments);
}

int __fprintf_chk(FILE *file, int flag, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = __vfprintf_chk(file, flag, format, arguments);
    va_end(arguments);
    return length;
}

void __syslog_chk(int priority, int flag, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)flag;
    vsyslog(priority, format, arguments);
    va_end(arguments);
}

/* OpenSSL: jobs that .NET does not use. */

int getcontext(void *context)
{
    (void)context;
    return -1;
}

int setcontext(const void *context)
{
    (void)context;
    return -1;
}

void makecontext(void *context, void (*start)(void), int count, ...)
{
    (void)context, (void)start, (void)count;
}
