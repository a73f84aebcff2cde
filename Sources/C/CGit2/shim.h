// libgit2 for GitSource, with wrappers for what Swift cannot call or see.

#ifndef CLARA_CGIT2_SHIM_H
#define CLARA_CGIT2_SHIM_H

#include <git2.h>
#include <git2/sys/transport.h>

// git_libgit2_opts is variadic, which cannot be called from Swift: one wrapper for each shape of
// arguments.

__attribute__((swift_name("gitSetFlag(_:_:)")))
static inline int clara_git_set_flag(int option, int value) {
    return git_libgit2_opts(option, value);
}

__attribute__((swift_name("gitSetSearchPath(_:_:)")))
static inline int clara_git_set_search_path(int level, const char *path) {
    return git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, path);
}

__attribute__((swift_name("gitSetExtensions(_:_:)")))
static inline int clara_git_set_extensions(const char **names, size_t count) {
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, count);
}

// A sub-transport and its stream are C structs that libgit2 reaches by their first member; what
// follows is ours. They are declared here because the layout of a Swift struct is not promised.

struct clara_git_subtransport {
    git_smart_subtransport parent;
    void *context;
};

struct clara_git_stream {
    git_smart_subtransport_stream parent;
    void *context;
};

#endif
