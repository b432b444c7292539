/*
 * Preloaded into the wine server, which renames for every Windows program: refuses to rename a folder in which a file or a folder is
 * open, as NTFS does. Every handle of every program is a file descriptor of the server.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static int is_open_in(const char *folder)
{
    size_t length = strlen(folder);
    DIR *descriptors = opendir("/proc/self/fd");
    struct dirent *entry;
    int found = 0;
    while (descriptors != NULL && !found && (entry = readdir(descriptors)) != NULL) {
        char path[PATH_MAX + 1];
        ssize_t size = readlinkat(dirfd(descriptors), entry->d_name, path, PATH_MAX);
        path[size > 0 ? size : 0] = '\0';

        /* A deleted file is in no folder. */
        found = strncmp(path, folder, length) == 0 && path[length] == '/' && !ends_with(path, " (deleted)");
    }

    if (descriptors != NULL) {
        closedir(descriptors);
    }

    return found;
}

int rename(const char *from, const char *to)
{
    int (*next)(const char *, const char *) = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
    char folder[PATH_MAX];
    struct stat status;
    if (lstat(from, &status) == 0 && S_ISDIR(status.st_mode) && realpath(from, folder) != NULL && is_open_in(folder)) {
        errno = EACCES;
        return -1;
    }

    return next(from, to);
}
