// What a rule may use: steps and memory. Both are counted here and both, once spent, end the rule
// for good, whatever it catches with pcall.

#ifndef CLARA_CLUA_BUDGET_H
#define CLARA_CLUA_BUDGET_H

enum clara_budget { CLARA_BUDGET_LEFT = 0, CLARA_STEPS_SPENT = 1, CLARA_MEMORY_SPENT = 2 };

struct clara_machine;

// Answers a question of the running rule: reads `request`, writes `reply`. Returns 0, or 1 where
// `reply` holds the text of an error.
typedef int (*clara_answer)(void *host, struct clara_machine *machine);

// Looks for a pattern (see clara_scan in functions.h) and writes the captures to `spans`.
typedef int (*clara_search)(void *host, struct clara_machine *machine, const uint8_t *subject,
                            size_t subject_count, const uint8_t *pattern, size_t pattern_count);

// The captures of a pattern: Lua allows 32 of them (LUA_MAXCAPTURES), and the whole match.
enum { CLARA_SPANS = 33 };

struct clara_span {
    int64_t start;
    int64_t count;  // -1 for a capture of a position
};

struct clara_machine {
    lua_State *state;
    // Memory: bytes in use, the most there may be, the longest text.
    size_t used, memory_limit, text_limit;
    // The size that was refused once; Lua collects its garbage then and asks again.
    size_t refused;
    // Steps that are left.
    int64_t steps;
    enum clara_budget spent;
    // Swift's side.
    void *host;
    clara_answer answer;
    clara_search search;
    struct clara_bytes request, reply;
    // What is looked for, and what was found.
    int64_t from, not_ending_at;
    int only_here;
    struct clara_span spans[CLARA_SPANS];
    // The table of globals of the run, and the metatable that it has.
    int environment, environment_meta;
};

// Between two looks at the budget the machine runs so many instructions: a few microseconds.
enum { CLARA_PACE = 1000 };

static inline struct clara_machine *clara_machine_of(lua_State *state) {
    void *machine = NULL;
    lua_getallocf(state, &machine);
    return (struct clara_machine *)machine;
}

static inline void clara_hook(lua_State *state, lua_Debug *record);

// From now on every single instruction raises, so that pcall catches nothing that goes on.
static inline void clara_spend(struct clara_machine *machine, enum clara_budget budget) {
    if (machine->spent != CLARA_BUDGET_LEFT) return;
    machine->spent = budget;
    if (machine->state != NULL) lua_sethook(machine->state, clara_hook, LUA_MASKCOUNT, 1);
}

static inline void clara_charge(struct clara_machine *machine, int64_t steps) {
    machine->steps -= steps;
    if (machine->steps <= 0) clara_spend(machine, CLARA_STEPS_SPENT);
}

static inline void clara_hook(lua_State *state, lua_Debug *record) {
    (void)record;
    struct clara_machine *machine = clara_machine_of(state);
    if (machine->spent == CLARA_BUDGET_LEFT) clara_charge(machine, CLARA_PACE);
    if (machine->spent == CLARA_BUDGET_LEFT) return;
    // A light userdata needs no memory, of which there may be none.
    lua_pushlightuserdata(state, machine);
    lua_error(state);
}

// Bytes that are allocated, for the price of one step. Filling memory takes time that the count of
// instructions does not show: one instruction can join two long texts.
enum { CLARA_BYTES_A_STEP = 64 };

// Lua's allocator. For a new object, `old` says what it is for (lua_Alloc in the manual).
static inline void *clara_allocate(void *context, void *block, size_t old, size_t size) {
    struct clara_machine *machine = (struct clara_machine *)context;
    size_t before = block == NULL ? 0 : old;
    if (size == 0) {
        machine->used -= before;
        free(block);
        return NULL;
    }
    if (size > before) {
        int too_long = block == NULL && old == LUA_TSTRING && size > machine->text_limit;
        if (too_long || size - before > machine->memory_limit - machine->used) {
            // Never to be had, or refused again: there was no garbage to make room.
            int never = too_long || size > machine->memory_limit;
            if (never || machine->refused == size) clara_spend(machine, CLARA_MEMORY_SPENT);
            machine->refused = size;
            return NULL;
        }
        machine->refused = 0;
        clara_charge(machine, (int64_t)((size - before) / CLARA_BYTES_A_STEP));
    }
    void *moved = realloc(block, size);
    if (moved != NULL) machine->used += size - before;
    return moved;
}

#endif
