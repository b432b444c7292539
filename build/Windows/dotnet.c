/*
 * dotnet.exe for Windows: NuGet has the runtime, but neither this program nor, for builds made on Linux, the program that stands beside
 * a library. As dotnet.exe it starts the library that its first argument names; under any other name the library beside it of that
 * name. The runtime is the one in DOTNET_ROOT.
 */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST 32768

typedef int (__cdecl *hostfxr_main_fn)(int argc, const wchar_t **argv);

int wmain(int argc, const wchar_t **argv)
{
    static wchar_t own[LONGEST], root[LONGEST], fxr[LONGEST], dotnet[LONGEST];
    GetModuleFileNameW(NULL, own, LONGEST);
    if (GetEnvironmentVariableW(L"DOTNET_ROOT", root, LONGEST) == 0) {
        fwprintf(stderr, L"DOTNET_ROOT is not set.\n");
        return 1;
    }

    _snwprintf(fxr, LONGEST, L"%ls\\host\\fxr\\" HOSTFXR_VERSION L"\\hostfxr.dll", root);
    HMODULE library = LoadLibraryExW(fxr, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (library == NULL) {
        fwprintf(stderr, L"%ls cannot be loaded: error %lu\n", fxr, GetLastError());
        return 1;
    }

    hostfxr_main_fn start = (hostfxr_main_fn)(void *)GetProcAddress(library, "hostfxr_main");
    _snwprintf(dotnet, LONGEST, L"%ls\\dotnet.exe", root);
    wchar_t *extension = wcsrchr(own, L'.');
    const wchar_t **arguments = calloc(argc + 2, sizeof *arguments);
    int count = 0;
    arguments[count++] = dotnet;
    if (_wcsicmp(wcsrchr(own, L'\\') + 1, L"dotnet.exe") != 0) {
        wcscpy(extension, L".dll");
        arguments[count++] = own;
    }

    for (int i = 1; i < argc; i++) {
        arguments[count++] = argv[i];
    }

    return start(count, arguments);
}
