// Values as bytes: a tag, then what belongs to it. Numbers are in the byte order of the machine, as
// both sides are in one process.
//
//   N nil   T true   F false   I integer (8)   D number (8)   S text (count 4, bytes)
//   A table (count 4, the elements from 1 on; count 4, pairs of text and value)
//   C function of the host (count 4, its name)   O anything else (count 4, its type)

#ifndef CLARA_CLUA_TAPE_H
#define CLARA_CLUA_TAPE_H

// How deep tables may be nested in what a rule returns or passes on. Manifests are not deeper, and
// reading is recursive.
enum { CLARA_DEPTH = 32 };

// The most that a rule may return or pass on: a finding is read by a person.
enum { CLARA_REQUEST_BYTES = 1 << 20 };

static inline int clara_call_host(lua_State *state);

struct clara_tape {
    const uint8_t *next;
};

static inline uint32_t clara_tape_count(struct clara_tape *tape) {
    uint32_t count;
    memcpy(&count, tape->next, sizeof count);
    tape->next += sizeof count;
    return count;
}

static inline void clara_push_text(lua_State *state, struct clara_tape *tape) {
    uint32_t count = clara_tape_count(tape);
    lua_pushlstring(state, (const char *)tape->next, count);
    tape->next += count;
}

static inline void clara_push(lua_State *state, struct clara_tape *tape);

static inline void clara_push_table(lua_State *state, struct clara_tape *tape) {
    uint32_t elements = clara_tape_count(tape);
    lua_createtable(state, (int)elements, 0);
    for (uint32_t index = 1; index <= elements; index++) {
        clara_push(state, tape);
        lua_rawseti(state, -2, index);
    }
    uint32_t pairs = clara_tape_count(tape);
    for (uint32_t index = 0; index < pairs; index++) {
        clara_push_text(state, tape);
        clara_push(state, tape);
        lua_rawset(state, -3);
    }
}

// Pushes the value at hand. Swift has written it, so its form is not doubted. It may raise.
static inline void clara_push(lua_State *state, struct clara_tape *tape) {
    luaL_checkstack(state, 4, "a value is nested too deeply");
    switch (*tape->next++) {
    case 'T': lua_pushboolean(state, 1); break;
    case 'F': lua_pushboolean(state, 0); break;
    case 'I': {
        int64_t number;
        memcpy(&number, tape->next, sizeof number);
        tape->next += sizeof number;
        lua_pushinteger(state, number);
        break;
    }
    case 'D': {
        double number;
        memcpy(&number, tape->next, sizeof number);
        tape->next += sizeof number;
        lua_pushnumber(state, number);
        break;
    }
    case 'S': clara_push_text(state, tape); break;
    case 'A': clara_push_table(state, tape); break;
    case 'C':
        clara_push_text(state, tape);
        lua_pushcclosure(state, clara_call_host, 1);
        break;
    default: lua_pushnil(state); break;
    }
}

// MARK: Lua to Swift

static inline void clara_note(lua_State *state, const void *data, size_t count) {
    struct clara_machine *machine = clara_machine_of(state);
    if (machine->request.count + count > CLARA_REQUEST_BYTES
        || !clara_bytes_append(&machine->request, data, count))
        luaL_error(state, "a value is too large to be passed on");
    clara_charge(machine, 1 + (int64_t)(count / CLARA_BYTES_A_STEP));
}

static inline void clara_note_tag(lua_State *state, char tag) { clara_note(state, &tag, 1); }

static inline void clara_note_count(lua_State *state, size_t count) {
    uint32_t narrow = (uint32_t)count;
    clara_note(state, &narrow, sizeof narrow);
}

static inline void clara_note_text(lua_State *state, const char *text, size_t count) {
    clara_note_count(state, count);
    clara_note(state, text, count);
}

static inline void clara_note_value(lua_State *state, int index, int depth);

// A key that is no text, and is no place in the list either.
static inline int clara_is_key(lua_State *state, lua_Unsigned elements) {
    if (lua_type(state, -2) == LUA_TSTRING) return 1;
    if (lua_isinteger(state, -2)) {
        lua_Integer key = lua_tointeger(state, -2);
        if (key >= 1 && (lua_Unsigned)key <= elements) return 0;
    }
    return luaL_error(state, "the keys of a table that is passed on must be texts, or 1, 2, 3…");
}

static inline void clara_note_table(lua_State *state, int index, int depth) {
    if (depth >= CLARA_DEPTH) luaL_error(state, "a value is nested too deeply");
    luaL_checkstack(state, 4, "a value is nested too deeply");
    lua_Unsigned elements = lua_rawlen(state, index);
    clara_note_tag(state, 'A');
    clara_note_count(state, elements);
    for (lua_Unsigned place = 1; place <= elements; place++) {
        lua_rawgeti(state, index, (lua_Integer)place);
        clara_note_value(state, lua_gettop(state), depth + 1);
        lua_pop(state, 1);
    }
    size_t mark = clara_machine_of(state)->request.count;
    uint32_t pairs = 0;
    clara_note_count(state, 0);
    for (lua_pushnil(state); lua_next(state, index); lua_pop(state, 1)) {
        if (!clara_is_key(state, elements)) continue;
        size_t count;
        const char *key = lua_tolstring(state, -2, &count);
        clara_note_text(state, key, count);
        clara_note_value(state, lua_gettop(state), depth + 1);
        pairs++;
    }
    memcpy(clara_machine_of(state)->request.start + mark, &pairs, sizeof pairs);
}

static inline void clara_note_number(lua_State *state, int index) {
    if (lua_isinteger(state, index)) {
        int64_t number = lua_tointeger(state, index);
        clara_note_tag(state, 'I');
        clara_note(state, &number, sizeof number);
    } else {
        double number = lua_tonumber(state, index);
        clara_note_tag(state, 'D');
        clara_note(state, &number, sizeof number);
    }
}

// Appends a value to the request. It may raise.
static inline void clara_note_value(lua_State *state, int index, int depth) {
    int type = lua_type(state, index);
    size_t count;
    const char *text;
    switch (type) {
    case LUA_TNIL: clara_note_tag(state, 'N'); break;
    case LUA_TBOOLEAN: clara_note_tag(state, lua_toboolean(state, index) ? 'T' : 'F'); break;
    case LUA_TNUMBER: clara_note_number(state, index); break;
    case LUA_TSTRING:
        text = lua_tolstring(state, index, &count);
        clara_note_tag(state, 'S');
        clara_note_text(state, text, count);
        break;
    case LUA_TTABLE: clara_note_table(state, index, depth); break;
    default:
        text = lua_typename(state, type);
        clara_note_tag(state, 'O');
        clara_note_text(state, text, strlen(text));
        break;
    }
}

#endif
