/// The library that programs see, in Lua.
///
/// It is Lua's own where that is pure and cheap. What is not the same:
/// - what depends on addresses or on the order of a hash table does not (`pairs` goes by sorted
///   keys, `table.sort` is stable, `tostring` of a table is `table`);
/// - what works long in one instruction is written in Lua, charges for it, or is bounded;
/// - what could reach the machine, other programs or the library itself is not there.
enum Prelude {
    static let text = opening + iteration + searching + replacing + tables + closing

    /// Bounds, and the checks of arguments.
    private static let opening = #"""
        local refuse, charge, scan, find_global = ...
        local type, tostring, tonumber, select = type, tostring, tonumber, select
        local next, rawget, rawset, rawequal = next, rawget, rawset, rawequal
        local setmetatable, getmetatable = setmetatable, getmetatable
        local unpack, concat, real_sort = table.unpack, table.concat, table.sort
        local byte, sub, rep, format = string.byte, string.sub, string.rep, string.format
        local floor, max, min = math.floor, math.max, math.min

        -- As many values as fit the stack of any function; passing them on is one instruction.
        local most_values = 250
        -- A longer text is no number, and looking at it takes time.
        local longest_number = 200
        -- Bytes of a text that are looked at in about the time of an instruction.
        local bytes_a_step = 8

        local function is_text(value, name)
            local kind = type(value)
            if kind == "string" then return value end
            if kind == "number" then return tostring(value) end
            refuse(name .. " takes a text, and got " .. kind)
        end

        local function is_whole(value, name)
            local number = value
            if type(number) ~= "number" or floor(number) ~= number then
                refuse(name .. " takes a whole number, and got " .. tostring(value))
            end
            return floor(number)
        end

        -- Lua reads texts as numbers, and a long one to its end.
        local function of_numbers(original, name)
            return function(...)
                for _, value in next, {...} do
                    if type(value) == "string" and #value > longest_number then
                        refuse(name .. " takes numbers, and got a text")
                    end
                end
                return original(...)
            end
        end

        local function is_table(value, name)
            if type(value) ~= "table" then
                refuse(name .. " takes a table, and got " .. type(value))
            end
            return value
        end

        -- The texts that Lua makes of these hold addresses.
        local function spell(value)
            local kind = type(value)
            if kind == "table" or kind == "function" or kind == "userdata" then return kind end
            return tostring(value)
        end

        """#

    /// What goes through tables.
    private static let iteration = #"""
        local function sorted_keys(t)
            local numbers, texts, flags = {}, {}, {}
            for key in next, t do
                local kind = type(key)
                if kind == "string" then texts[#texts + 1] = key
                elseif kind == "number" then numbers[#numbers + 1] = key
                elseif kind == "boolean" then flags[#flags + 1] = key
                else refuse("pairs visits texts, numbers and booleans, and there is a " .. kind) end
            end
            charge(16 * (#numbers + #texts))
            real_sort(numbers)
            real_sort(texts)
            if #flags == 2 or flags[1] == false then flags = {false, #flags == 2 or nil} end
            for _, list in ipairs({texts, flags}) do
                for i = 1, #list do numbers[#numbers + 1] = list[i] end
            end
            return numbers
        end

        local function sorted_pairs(t)
            is_table(t, "pairs")
            local keys = sorted_keys(t)
            local place = 0
            return function()
                local key, value
                repeat
                    place = place + 1
                    key = keys[place]
                    if key == nil then return nil end
                    value = t[key]
                until value ~= nil
                return key, value
            end
        end

        local function count(t)
            local number = 0
            for _ in next, is_table(t, "count") do number = number + 1 end
            return number
        end

        local function contains(t, value)
            for _, element in next, is_table(t, "contains") do
                if element == value then return true end
            end
            return false
        end

        """#

    /// Numbers, letters, and the table of globals, which nothing can change.
    private static let closing = #"""
        local numbers = {}
        for _, name in ipairs({
            "abs", "acos", "asin", "atan", "ceil", "cos", "deg", "exp", "floor", "fmod", "log",
            "max", "min", "modf", "rad", "sin", "sqrt", "tan", "tointeger", "ult",
        }) do numbers[name] = of_numbers(math[name], "math." .. name) end
        for _, name in ipairs({"huge", "maxinteger", "mininteger", "pi", "type"}) do
            numbers[name] = math[name]
        end

        local letters = {
            char = of_numbers(utf8.char, "utf8.char"), charpattern = utf8.charpattern,
            codes = utf8.codes,
        }
        function letters.len(s, i, j)
            s = is_text(s, "utf8.len")
            charge(#s)
            i = i == nil and 1 or is_whole(i, "utf8.len")
            return utf8.len(s, i, j == nil and -1 or is_whole(j, "utf8.len"))
        end
        function letters.offset(s, n, i)
            s, n = is_text(s, "utf8.offset"), is_whole(n, "utf8.offset")
            charge(#s)
            i = i == nil and (n > 0 and 1 or #s + 1) or is_whole(i, "utf8.offset")
            return utf8.offset(s, n, i)
        end
        function letters.codepoint(s, i, j)
            i = i == nil and 1 or is_whole(i, "utf8.codepoint")
            j = j == nil and i or is_whole(j, "utf8.codepoint")
            s = is_text(s, "utf8.codepoint")
            if j < 0 then j = #s + j + 1 end
            if i < 0 then i = #s + i + 1 end
            if j - i >= most_values then
                refuse("utf8.codepoint returns at most " .. most_values .. " values")
            end
            return utf8.codepoint(s, i, j)
        end

        -- The line is that of whoever calls this, or of its callers.
        local function raise(message, level)
            level = level == nil and 1 or is_whole(level, "error")
            error(message, level > 0 and level + 1 or 0)
        end

        local function number_of(value, base)
            if type(value) == "string" and #value > longest_number then return nil end
            if base == nil then return tonumber(value) end
            return tonumber(is_text(value, "tonumber"), is_whole(base, "tonumber"))
        end

        local function chosen(from, ...)
            if from ~= "#" then from = is_whole(from, "select") end
            return select(from, ...)
        end

        -- What is changed here would be changed for every program.
        local function is_fixed(name)
            return function() refuse(name .. " cannot be changed") end
        end
        local function fixed(t, name)
            return setmetatable({}, {__index = t, __newindex = is_fixed(name)})
        end

        library.string, library.table = fixed(strings, "string"), fixed(tables, "table")
        library.math, library.utf8 = fixed(numbers, "math"), fixed(letters, "utf8")
        library.pairs, library.ipairs, library.count = sorted_pairs, ipairs, count
        library.contains, library.select, library.type = contains, chosen, type
        library.tostring, library.tonumber = spell, number_of
        library.error, library.assert, library.pcall = raise, assert, pcall

        -- `("x"):rep(3)` finds these; text is no number, so "1" + 1 is an error.
        local of_texts = getmetatable("")
        for name in next, of_texts do of_texts[name] = nil end
        of_texts.__index = strings

        setmetatable(library, {__index = find_global})
        return {
            __index = library,
            __newindex = function(_, name)
                refuse("a rule has no globals of its own; write `local " .. spell(name) .. "`")
            end,
        }
        """#
}
