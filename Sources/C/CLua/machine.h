// What Swift calls. None of it raises; a status that is not LUA_OK comes with the error as text in
// `reply`, or with `spent` set.

#ifndef CLARA_CLUA_MACHINE_H
#define CLARA_CLUA_MACHINE_H

// The text of an error that is no text.
static inline void clara_keep_odd_error(struct clara_machine *machine, int type) {
    const char *name = lua_typename(machine->state, type);
    clara_bytes_append(&machine->reply, "the rule raised a value of type ", 32);
    clara_bytes_append(&machine->reply, name, strlen(name));
}

// The text that Lua and its buffers raise where the allocator refuses; a buffer does so by an error
// like any other (resizebox in lauxlib.c).
#define CLARA_NO_MEMORY "not enough memory"

// Takes the error off the stack. An error is any value: texts are kept, of others only the type.
static inline int clara_finish(struct clara_machine *machine, int status) {
    lua_State *state = machine->state;
    if (status != LUA_OK) {
        machine->reply.count = 0;
        int type = lua_type(state, -1);
        if (type == LUA_TSTRING) {
            size_t count;
            const char *text = lua_tolstring(state, -1, &count);
            clara_bytes_append(&machine->reply, text, count);
            if (strcmp(text, CLARA_NO_MEMORY) == 0) clara_spend(machine, CLARA_MEMORY_SPENT);
        } else {
            clara_keep_odd_error(machine, type);
        }
    }
    lua_settop(state, 0);
    return status;
}

// Gives the machine its steps for what comes next.
static inline void clara_grant(struct clara_machine *machine, int64_t steps) {
    machine->steps = steps;
    machine->spent = CLARA_BUDGET_LEFT;
    machine->refused = 0;
    lua_sethook(machine->state, clara_hook, LUA_MASKCOUNT, CLARA_PACE);
}

struct clara_source {
    struct clara_machine *machine;
    const char *text;
    size_t count;
    const char *name;
    int reference;
};

static inline int clara_protected_open(lua_State *state) {
    struct clara_source *prelude = (struct clara_source *)lua_touserdata(state, 1);
    struct clara_machine *machine = prelude->machine;
    luaL_requiref(state, LUA_GNAME, luaopen_base, 1);
    luaL_requiref(state, LUA_STRLIBNAME, luaopen_string, 1);
    luaL_requiref(state, LUA_TABLIBNAME, luaopen_table, 1);
    luaL_requiref(state, LUA_MATHLIBNAME, luaopen_math, 1);
    luaL_requiref(state, LUA_UTF8LIBNAME, luaopen_utf8, 1);
    lua_settop(state, 1);
    if (luaL_loadbufferx(state, prelude->text, prelude->count, prelude->name, "t") != LUA_OK)
        return lua_error(state);
    lua_pushcfunction(state, clara_refuse);
    lua_pushcfunction(state, clara_charge_steps);
    lua_pushcfunction(state, clara_scan);
    lua_pushcfunction(state, clara_find_global);
    lua_call(state, 4, 1);
    machine->environment_meta = luaL_ref(state, LUA_REGISTRYINDEX);
    lua_newtable(state);
    machine->environment = luaL_ref(state, LUA_REGISTRYINDEX);
    return 0;
}

// Opens the libraries and runs the prelude, which returns the metatable of a rule's globals.
__attribute__((swift_name("luaOpen(_:prelude:count:)")))
static inline int clara_open(struct clara_machine *machine, const char *prelude, size_t count) {
    struct clara_source source = {machine, prelude, count, "=prelude", 0};
    lua_pushcfunction(machine->state, clara_protected_open);
    lua_pushlightuserdata(machine->state, &source);
    return clara_finish(machine, lua_pcall(machine->state, 1, 0, 0));
}

// A machine without libraries; NULL where there is no memory.
__attribute__((swift_name("luaMachine(memory:text:)")))
static inline struct clara_machine *clara_machine_new(size_t memory_limit, size_t text_limit) {
    struct clara_machine *machine = (struct clara_machine *)calloc(1, sizeof *machine);
    if (machine == NULL) return NULL;
    machine->memory_limit = memory_limit;
    machine->text_limit = text_limit;
    machine->steps = INT64_MAX;
    machine->state = lua_newstate(clara_allocate, machine);
    if (machine->state != NULL) return machine;
    free(machine);
    return NULL;
}

__attribute__((swift_name("luaFree(_:)")))
static inline void clara_machine_free(struct clara_machine *machine) {
    lua_close(machine->state);
    free(machine->request.start);
    free(machine->reply.start);
    free(machine);
}

static inline int clara_protected_compile(lua_State *state) {
    struct clara_source *source = (struct clara_source *)lua_touserdata(state, 1);
    // Text only: bytecode that was made by hand can break the machine.
    if (luaL_loadbufferx(state, source->text, source->count, source->name, "t") != LUA_OK)
        return lua_error(state);
    source->reference = luaL_ref(state, LUA_REGISTRYINDEX);
    return 0;
}

// Compiles a rule and keeps it; `reference` names it from then on.
__attribute__((swift_name("luaCompile(_:_:count:reference:steps:)")))
static inline int clara_compile(struct clara_machine *machine, const char *text, size_t count,
                                int *reference, int64_t steps) {
    struct clara_source source = {machine, text, count, "=" CLARA_RULE, 0};
    clara_grant(machine, steps);
    lua_pushcfunction(machine->state, clara_protected_compile);
    lua_pushlightuserdata(machine->state, &source);
    int status = clara_finish(machine, lua_pcall(machine->state, 1, 0, 0));
    *reference = source.reference;
    return status;
}

static inline int clara_protected_run(lua_State *state) {
    struct clara_machine *machine = clara_machine_of(state);
    int reference = (int)lua_tointeger(state, 1);
    // New globals for every run, so that no run sees another.
    lua_newtable(state);
    lua_rawgeti(state, LUA_REGISTRYINDEX, machine->environment_meta);
    lua_setmetatable(state, -2);
    lua_pushvalue(state, -1);
    lua_rawseti(state, LUA_REGISTRYINDEX, machine->environment);
    lua_rawgeti(state, LUA_REGISTRYINDEX, reference);
    lua_insert(state, -2);
    // The first upvalue of a main chunk is _ENV; a rule that names no global has none.
    if (lua_setupvalue(state, -2, 1) == NULL) lua_pop(state, 1);
    lua_call(state, 0, 1);
    machine->request.count = 0;
    clara_note_value(state, lua_gettop(state), 0);
    return 0;
}

// Runs a rule; its result is in `request`.
__attribute__((swift_name("luaRun(_:_:steps:)")))
static inline int clara_run(struct clara_machine *machine, int reference, int64_t steps) {
    clara_grant(machine, steps);
    lua_pushcfunction(machine->state, clara_protected_run);
    lua_pushinteger(machine->state, reference);
    int status = clara_finish(machine, lua_pcall(machine->state, 1, 0, 0));
    // What was spent in the last C function raised nothing.
    return machine->spent == CLARA_BUDGET_LEFT ? status : LUA_ERRRUN;
}

// Swift's answer, which replaces the last one. Returns 0 where there is no memory.
__attribute__((swift_name("luaReply(_:_:count:)")))
static inline int clara_reply(struct clara_machine *machine, const void *bytes, size_t count) {
    machine->reply.count = 0;
    return clara_bytes_append(&machine->reply, bytes, count);
}

__attribute__((swift_name("luaCharge(_:_:)")))
static inline void clara_charge_from_host(struct clara_machine *machine, int64_t steps) {
    clara_charge(machine, steps);
}

#endif
