// What the prelude and the rules call, as C functions of Lua. They may raise.

#ifndef CLARA_CLUA_FUNCTIONS_H
#define CLARA_CLUA_FUNCTIONS_H

// The name of a rule's chunk, by which its lines are known in messages.
#define CLARA_RULE "rule"

// Pushes `rule:12: ` for the line of the rule that is running, or an empty text. The level that
// luaL_where takes would name a line of the prelude.
static inline void clara_push_place(lua_State *state) {
    lua_Debug record;
    for (int level = 0; lua_getstack(state, level, &record); level++) {
        lua_getinfo(state, "Sl", &record);
        if (strcmp(record.short_src, CLARA_RULE) == 0 && record.currentline > 0) {
            lua_pushfstring(state, CLARA_RULE ":%d: ", record.currentline);
            return;
        }
    }
    lua_pushliteral(state, "");
}

// Raises the text on top of the stack, at the rule's line.
static inline int clara_raise(lua_State *state) {
    clara_push_place(state);
    lua_insert(state, -2);
    lua_concat(state, 2);
    return lua_error(state);
}

// refuse(message)
static inline int clara_refuse(lua_State *state) {
    lua_settop(state, 1);
    return clara_raise(state);
}

// charge(steps): for a C function whose work no instruction shows.
static inline int clara_charge_steps(lua_State *state) {
    clara_charge(clara_machine_of(state), (int64_t)lua_tointeger(state, 1));
    return 0;
}

// The answer that Swift left: its value, or its error.
static inline int clara_take_reply(lua_State *state, int failed) {
    struct clara_machine *machine = clara_machine_of(state);
    if (failed) {
        lua_pushlstring(state, (const char *)machine->reply.start, machine->reply.count);
        return clara_raise(state);
    }
    struct clara_tape tape = {machine->reply.start};
    clara_push(state, &tape);
    return 1;
}

// A function of the host; its name is the upvalue.
static inline int clara_call_host(lua_State *state) {
    struct clara_machine *machine = clara_machine_of(state);
    int arguments = lua_gettop(state);
    machine->request.count = 0;
    clara_note_value(state, lua_upvalueindex(1), 0);
    for (int index = 1; index <= arguments; index++) clara_note_value(state, index, 0);
    return clara_take_reply(state, machine->answer(machine->host, machine));
}

// The value of a global that the run has not used yet: asked of the host once and kept.
static inline int clara_find_global(lua_State *state) {
    struct clara_machine *machine = clara_machine_of(state);
    if (lua_type(state, 2) != LUA_TSTRING) return 0;
    machine->request.count = 0;
    clara_note_value(state, 2, 0);
    clara_take_reply(state, machine->answer(machine->host, machine));
    if (lua_isnil(state, -1)) return 1;
    lua_rawgeti(state, LUA_REGISTRYINDEX, machine->environment);
    lua_pushvalue(state, 2);
    lua_pushvalue(state, -3);
    lua_rawset(state, -3);
    lua_pop(state, 1);
    return 1;
}

// scan(subject, pattern, from, only_here, not_ending_at) → start, end, captures…, or nil.
//
// Looks for the pattern, in which `^` means nothing special, at `from` (counted from 1) and, unless
// `only_here`, at every place after it; a match that ends before `not_ending_at` is none.
static inline int clara_scan(lua_State *state) {
    struct clara_machine *machine = clara_machine_of(state);
    size_t subject_count, pattern_count;
    const char *subject = luaL_checklstring(state, 1, &subject_count);
    const char *pattern = luaL_checklstring(state, 2, &pattern_count);
    machine->from = luaL_checkinteger(state, 3) - 1;
    machine->only_here = lua_toboolean(state, 4);
    machine->not_ending_at = luaL_optinteger(state, 5, 0) - 1;
    luaL_checkstack(state, CLARA_SPANS + 2, "too many captures");
    int found = machine->search(machine->host, machine, (const uint8_t *)subject, subject_count,
                                (const uint8_t *)pattern, pattern_count);
    if (found < 0) return clara_take_reply(state, 1);
    if (found == 0) {
        lua_pushnil(state);
        return 1;
    }
    struct clara_span whole = machine->spans[0];
    lua_pushinteger(state, whole.start + 1);
    lua_pushinteger(state, whole.start + whole.count);
    for (int index = 1; index < found; index++) {
        struct clara_span span = machine->spans[index];
        if (span.count < 0) lua_pushinteger(state, span.start + 1);
        else lua_pushlstring(state, subject + span.start, (size_t)span.count);
    }
    return found + 1;
}

#endif
