/// The library of tables: `table`.
extension Prelude {
    /// Its functions.
    static let tables = #"""
        local tables = {}

        function tables.insert(t, ...)
            is_table(t, "table.insert")
            local last, given = #t, select("#", ...)
            if given == 1 then
                t[last + 1] = (...)
                return
            end
            if given ~= 2 then refuse("table.insert takes a table, a place and a value") end
            local place, value = ...
            place = is_whole(place, "table.insert")
            if place < 1 or place > last + 1 then
                refuse("table.insert: the place is out of bounds")
            end
            for i = last, place, -1 do t[i + 1] = t[i] end
            t[place] = value
        end

        function tables.remove(t, place)
            is_table(t, "table.remove")
            local last = #t
            if place == nil then
                local value = t[last]
                if last > 0 then t[last] = nil end
                return value
            end
            place = is_whole(place, "table.remove")
            if last + 1 == place or (last == 0 and place == 0) then
                local value = t[place]
                t[place] = nil
                return value
            end
            if place < 1 or place > last then refuse("table.remove: the place is out of bounds") end
            local value = t[place]
            for i = place, last - 1 do t[i] = t[i + 1] end
            t[last] = nil
            return value
        end

        function tables.concat(t, separator, i, j)
            is_table(t, "table.concat")
            separator = separator == nil and "" or is_text(separator, "table.concat")
            i = i == nil and 1 or is_whole(i, "table.concat")
            j = j == nil and #t or is_whole(j, "table.concat")
            for place = i, j do
                local kind = type(t[place])
                if kind ~= "string" and kind ~= "number" then
                    refuse("table.concat: there is a " .. kind .. " at " .. place)
                end
            end
            return concat(t, separator, i, j)
        end

        function tables.unpack(t, i, j)
            is_table(t, "table.unpack")
            i = i == nil and 1 or is_whole(i, "table.unpack")
            j = j == nil and #t or is_whole(j, "table.unpack")
            if j - i >= most_values then
                refuse("table.unpack returns at most " .. most_values .. " values")
            end
            return unpack(t, i, j)
        end

        function tables.pack(...) return {n = select("#", ...), ...} end

        local function is_less(a, b) return a < b end

        -- Merges two sorted neighbours of `from` into `to`; of equal elements the left is first.
        local function merge(from, to, left, middle, right, less)
            local i, j = left, middle
            for k = left, right - 1 do
                if i < middle and (j >= right or not less(from[j], from[i])) then
                    to[k], i = from[i], i + 1
                else
                    to[k], j = from[j], j + 1
                end
            end
        end

        function tables.sort(t, less)
            is_table(t, "table.sort")
            if less ~= nil and type(less) ~= "function" then
                refuse("table.sort takes a table and a function")
            end
            less = less or is_less
            local total = #t
            local from, to = {}, {}
            for i = 1, total do from[i] = t[i] end
            local width = 1
            while width < total do
                for left = 1, total, 2 * width do
                    local middle = min(left + width, total + 1)
                    merge(from, to, left, middle, min(left + 2 * width, total + 1), less)
                end
                from, to, width = to, from, 2 * width
            end
            for i = 1, total do t[i] = from[i] end
        end

        """#
}
