/// The library of texts: `string`.
extension Prelude {
    /// What looks for something in a text.
    static let searching = #"""
        local library = {}
        local strings = {}

        for _, name in ipairs({"len", "lower", "upper", "reverse"}) do
            local original = string[name]
            strings[name] = function(s) return original(is_text(s, "string." .. name)) end
        end
        strings.char = of_numbers(string.char, "string.char")

        function strings.sub(s, i, j)
            s, i = is_text(s, "string.sub"), is_whole(i, "string.sub")
            return sub(s, i, j == nil and -1 or is_whole(j, "string.sub"))
        end

        function strings.rep(s, n, separator)
            s = is_text(s, "string.rep")
            n = is_whole(n, "string.rep")
            separator = separator == nil and "" or is_text(separator, "string.rep")
            if #s + #separator == 0 then return "" end
            return rep(s, n, separator)
        end

        function strings.byte(s, i, j)
            s = is_text(s, "string.byte")
            i = i == nil and 1 or is_whole(i, "string.byte")
            j = j == nil and i or is_whole(j, "string.byte")
            if j < 0 then j = #s + j + 1 end
            if i < 0 then i = max(#s + i + 1, 1) end
            if min(j, #s) - i >= most_values then
                refuse("string.byte returns at most " .. most_values .. " values")
            end
            return byte(s, i, j)
        end

        function strings.format(pattern, ...)
            pattern = is_text(pattern, "string.format")
            if scan(pattern, "%%[^%a%%]*p", 1) then refuse("string.format knows no %p here") end
            local values = {...}
            for i = 1, select("#", ...) do
                local kind = type(values[i])
                if kind == "table" or kind == "function" or kind == "userdata" then
                    values[i] = kind
                elseif kind == "string" then
                    charge(#values[i] // bytes_a_step)
                end
            end
            charge(#pattern)
            return format(pattern, unpack(values, 1, select("#", ...)))
        end

        -- Where a search begins: from 1, from the end where it is negative.
        local function beginning(s, init, name)
            init = init == nil and 1 or is_whole(init, name)
            if init < 0 then return max(#s + init + 1, 1) end
            return max(init, 1)
        end

        -- A pattern without the `^` that it may begin with, and whether it did.
        local function anchored(pattern)
            if byte(pattern, 1) == 94 then return sub(pattern, 2), true end
            return pattern, false
        end

        local function escape_all(plain)
            local out = {}
            for i = 1, #plain do
                local c = sub(plain, i, i)
                out[i] = scan(c, "[%w%s\128-\255]", 1) and c or "%" .. c
            end
            return concat(out)
        end

        function strings.find(s, pattern, init, plain)
            s, pattern = is_text(s, "string.find"), is_text(pattern, "string.find")
            init = beginning(s, init, "string.find")
            if init > #s + 1 then return nil end
            if plain or not scan(pattern, "[%^%$%*%+%?%.%(%[%%%-]", 1) then
                return scan(s, escape_all(pattern), init)
            end
            local rest, only_here = anchored(pattern)
            return scan(s, rest, init, only_here)
        end

        -- The captures of a match, or the whole of it where there are none.
        local function caught(s, first, last, capture, ...)
            if first == nil then return nil end
            if capture == nil then return sub(s, first, last) end
            return capture, ...
        end

        function strings.match(s, pattern, init)
            s, pattern = is_text(s, "string.match"), is_text(pattern, "string.match")
            init = beginning(s, init, "string.match")
            if init > #s + 1 then return nil end
            local rest, only_here = anchored(pattern)
            return caught(s, scan(s, rest, init, only_here))
        end

        function strings.gmatch(s, pattern, init)
            s, pattern = is_text(s, "string.gmatch"), is_text(pattern, "string.gmatch")
            local from = beginning(s, init, "string.gmatch")
            local last_end = -1
            local function take(first, last, ...)
                if first == nil then
                    from = #s + 2
                    return nil
                end
                from, last_end = last + 1, last + 1
                return caught(s, first, last, ...)
            end
            return function()
                if from > #s + 1 then return nil end
                return take(scan(s, pattern, from, false, last_end))
            end
        end

        """#

    /// `string.gsub`.
    static let replacing = #"""
        -- What stands for `%0` to `%9`, as a text.
        local function reference(digit, s, first, last, captures)
            if digit == 0 or (digit == 1 and captures.n == 0) then return sub(s, first, last) end
            if digit > captures.n then
                refuse("invalid capture index %" .. digit .. " in replacement string")
            end
            return tostring(captures[digit])
        end

        local function filled(template, s, first, last, captures)
            local out, from = {}, 1
            while true do
                local mark = scan(template, "%%", from)
                if not mark then break end
                out[#out + 1] = sub(template, from, mark - 1)
                local next_byte = byte(template, mark + 1)
                if next_byte == 37 then
                    out[#out + 1] = "%"
                elseif next_byte and next_byte >= 48 and next_byte <= 57 then
                    out[#out + 1] = reference(next_byte - 48, s, first, last, captures)
                else
                    refuse("invalid use of '%' in replacement string")
                end
                from = mark + 2
            end
            out[#out + 1] = sub(template, from)
            return concat(out)
        end

        -- The text that takes a match's place.
        local function replaced(with, s, first, last, captures)
            local kind, value = type(with), nil
            if kind == "string" then return filled(with, s, first, last, captures) end
            local whole = sub(s, first, last)
            if captures.n == 0 then captures = {whole, n = 1} end
            if kind == "table" then value = with[captures[1]]
            else value = with(unpack(captures, 1, captures.n)) end
            if not value then return whole end
            if type(value) == "string" or type(value) == "number" then return tostring(value) end
            refuse("invalid replacement value (a " .. type(value) .. ")")
        end

        function strings.gsub(s, pattern, with, most)
            s, pattern = is_text(s, "string.gsub"), is_text(pattern, "string.gsub")
            if type(with) == "number" then with = tostring(with) end
            local kind = type(with)
            if kind ~= "string" and kind ~= "table" and kind ~= "function" then
                refuse("string.gsub takes a text, a table or a function, and got " .. kind)
            end
            most = most == nil and #s + 1 or is_whole(most, "string.gsub")
            local rest, only_here = anchored(pattern)
            local out, from, last_end, done = {}, 1, -1, 0
            local function take(first, last, ...)
                if first == nil then return false end
                out[#out + 1] = sub(s, from, first - 1)
                out[#out + 1] = replaced(with, s, first, last, {n = select("#", ...), ...})
                from, last_end, done = last + 1, last + 1, done + 1
                return true
            end
            while done < most and from <= #s + 1 do
                if not take(scan(s, rest, from, only_here, last_end)) or only_here then break end
            end
            out[#out + 1] = sub(s, from)
            return concat(out), done
        end

        """#
}
