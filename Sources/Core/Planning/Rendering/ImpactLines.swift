import ClaraModel

/// What a plan means for those who read the posts, in lines.
struct ImpactLines {
    let impact: Impact

    /// The section without its heading; empty where the plan has no impact.
    func lines(indent: Int) -> [Line] {
        let shown = impact.tenants.prefix(RenderingLimits.tenantsOfImpact)
        let lines = shown.flatMap { TenantImpactLines(impact: $0).lines(indent: indent) }
        return lines + rest(indent)
    }

    /// `Impact until 2026-12-08 00:00 UTC`
    var heading: String {
        "Impact until \(impact.window.upperBound.inWords)"
    }

    private func rest(_ indent: Int) -> [Line] {
        let rest = impact.tenants.dropFirst(RenderingLimits.tenantsOfImpact)
        if rest.isEmpty { return [] }
        let active = rest.filter { !$0.isPaused }
        let posts = active.reduce(0) { $0 + $1.monthly.posts }
        let cents = active.reduce(0) { $0 + $1.monthly.xCostInCents }
        let over = rest.count(where: \.isOverQuota)
        let warning = over == 0 ? "" : "; \(Quantity.grouped(over)) over quota"
        let text =
            "… \(Quantity(rest.count, "more tenant")): about \(Quantity(posts, "post")) a month, "
            + "\(Quantity.dollars(cents: cents)) at X\(warning)"
        return [Line(indent, text, .note)]
    }
}

/// What a plan means for one tenant, in lines.
private struct TenantImpactLines {
    let impact: TenantImpact

    func lines(indent: Int) -> [Line] {
        let name = VisibleText.line(impact.tenant)
        let heading = Line(indent, name, .heading).then(" (\(impact.timezone))", .note)
        let posts = impact.isPaused ? paused(indent + 1) : active(indent + 1)
        return [heading] + posts + documents(indent + 1)
    }

    private func paused(_ indent: Int) -> [Line] {
        [Line(indent, "paused: nothing goes out (\(Quantity(impact.posts, "slot")) planned)")]
    }

    private func active(_ indent: Int) -> [Line] {
        if impact.posts == 0 { return [Line(indent, "no posts")] }
        return nextPosts(indent) + [load(indent)] + collisions(indent) + [monthly(indent)]
    }

    private func nextPosts(_ indent: Int) -> [Line] {
        impact.nextPosts.enumerated().map { index, post in
            let label = index == 0 ? "next posts  " : "            "
            return Line(indent, label, .note)
                .then(
                    "\(post.localTime.spaced) \(post.timezone)  \(VisibleText.line(post.schedule))"
                )
        }
    }

    private func load(_ indent: Int) -> Line {
        let line = Line(indent, "posts       ", .note).then(Quantity.grouped(impact.posts))
        guard let day = impact.busiestDay else { return line }
        let quota = impact.postsPerDayQuota.map { " of \($0) a day" } ?? ", no daily quota"
        let busiest = line.then(", the most on \(day.date): \(day.posts)\(quota)")
        return impact.isOverQuota ? busiest.then("  over quota", .removed) : busiest
    }

    private func collisions(_ indent: Int) -> [Line] {
        let lines = impact.collisions.prefix(RenderingLimits.collisions).map { collision in
            let names = collision.schedules.map(VisibleText.line)
            let who = names.count == 1 ? "\(names[0]) twice" : names.joined(separator: " and ")
            let times = collision.count == 1 ? "once" : "\(Quantity.grouped(collision.count)) times"
            return Line(indent, "collision   ", .note).then(
                "\(who) at \(collision.firstLocalTime.spaced) as "
                    + "\(VisibleText.line(collision.credential)), \(times)",
                .changed
            )
        }
        let rest = impact.collisions.count - lines.count
        return rest == 0 ? lines : lines + [Line(indent, "            … \(rest) more", .note)]
    }

    private func monthly(_ indent: Int) -> Line {
        let estimate = impact.monthly
        return Line(indent, "a month     ", .note).then(
            "about \(Quantity(estimate.posts, "post")), "
                + "\(Quantity.dollars(cents: estimate.xCostInCents)) at X without links"
        )
    }

    private func documents(_ indent: Int) -> [Line] {
        let work = impact.documents
        let toIndex =
            work.toIndex == 0 ? [] : ["\(work.toIndex) to index (\(Quantity.bytes(work.bytes)))"]
        let toRemove = work.toRemove == 0 ? [] : ["\(work.toRemove) to remove"]
        let parts = toIndex + toRemove
        if parts.isEmpty { return [] }
        return [Line(indent, "documents   ", .note).then(parts.joined(separator: ", "))]
    }
}
