/*
 * The command 'dotnet' for a runtime that was laid out from NuGet's packages, which do not have it:
 * dotnet <path of a program's dll> <argument>...
 */
#include <dlfcn.h>
#include <stdio.h>

int main(int argc, const char **argv)
{
    void *library = dlopen(HOSTFXR, RTLD_NOW);
    int (*run)(int, const char **) = library == NULL ? NULL : (int (*)(int, const char **))dlsym(library, "hostfxr_main");
    if (run == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }

    return run(argc, argv);
}
