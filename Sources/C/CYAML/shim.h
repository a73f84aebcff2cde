#ifndef CLARA_CYAML_SHIM_H
#define CLARA_CYAML_SHIM_H

// libyaml's public header is all that is needed: nothing in it is variadic or a function-like
// macro.
#include <yaml.h>

#endif
