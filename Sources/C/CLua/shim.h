// Lua 5.4 for LuaSandbox.
//
// Lua reports errors by longjmp, which must not cross a Swift frame. So every call that can raise is
// made here, in C, below lua_pcall; Swift calls the few functions at the end of machine.h, and Lua
// calls Swift only through an answer function that returns data and raises nothing.

#ifndef CLARA_CLUA_SHIM_H
#define CLARA_CLUA_SHIM_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "budget.h"
#include "tape.h"
#include "functions.h"
#include "machine.h"

#endif
