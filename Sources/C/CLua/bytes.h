// A buffer that grows; what crosses between Lua and Swift lies in one. It is plain memory and no
// Lua value, so that an error cannot leak it: the machine frees it.

#ifndef CLARA_CLUA_BYTES_H
#define CLARA_CLUA_BYTES_H

struct clara_bytes {
    uint8_t *start;
    size_t count;
    size_t capacity;
};

// Appends, and returns 0 where there is no memory.
static inline int clara_bytes_append(struct clara_bytes *bytes, const void *data, size_t count) {
    if (count == 0) return 1;
    if (count > bytes->capacity - bytes->count) {
        size_t capacity = bytes->capacity < 256 ? 256 : bytes->capacity;
        while (capacity - bytes->count < count) capacity *= 2;
        uint8_t *start = (uint8_t *)realloc(bytes->start, capacity);
        if (start == NULL) return 0;
        bytes->start = start;
        bytes->capacity = capacity;
    }
    memcpy(bytes->start + bytes->count, data, count);
    bytes->count += count;
    return 1;
}

#endif
