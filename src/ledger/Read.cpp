#include "ledger/Read.h"

#include <algorithm>
#include <tuple>

#include "ledger/Segments.h"

namespace tram::ledger {
namespace {

using base::Result;

/// A file that is too large for one of ours counts as one line that cannot be read.
Result<std::optional<SegmentText>> textOf(const Segment& segment) {
    auto text = SegmentText::read(segment.file);
    if (text) return std::optional(*std::move(text));
    if (text.error().kind == base::ProblemKind::TooLarge) return std::optional<SegmentText>();
    return tl::unexpected(text.error());
}

/// Lines of one file from its end, until the page is full: false then, and `next` is where it goes on.
bool fill(Page& page, const Segment& segment, const SegmentText& text, std::size_t end, const Filter& filter,
          std::size_t limit) {
    for (auto at = end; at > 0; --at) {
        auto line = readLine(text.line(at - 1));
        if (!line) ++page.unreadable;
        if (!line || !filter.wants(line->line)) continue;
        if (page.rows.size() == limit) {
            page.next = Place{segment.chain, segment.part, at};
            return false;
        }
        page.rows.push_back({segment.chain, std::move(line->line), line->holds});
    }
    return true;
}

}  // namespace

bool Filter::wants(const Line& line) const {
    if (from && line.at < *from) return false;
    if (until && line.at >= *until) return false;
    if (!event.empty() && line.event != event) return false;
    if (staff.empty() || line.staff == staff) return true;
    const auto whom = line.members.find("whom");
    return whom != line.members.end() && whom->second == Value(staff);
}

Result<Page> read(const std::filesystem::path& directory, const Filter& filter, std::optional<Place> before,
                  std::size_t limit) {
    const auto segments = segmentsIn(directory);
    if (!segments) return tl::unexpected(segments.error());
    Page page;
    for (auto segment = segments->rbegin(); segment != segments->rend(); ++segment) {
        const auto here = std::tuple(segment->chain, segment->part);
        if (before && here > std::tuple(before->chain, before->part)) continue;
        const auto text = textOf(*segment);
        if (!text) return tl::unexpected(text.error());
        if (!*text) ++page.unreadable;
        if (!*text) continue;
        const bool cut = before && here == std::tuple(before->chain, before->part);
        const auto end = cut ? std::min(before->line, (*text)->size()) : (*text)->size();
        if (!fill(page, *segment, **text, end, filter, limit)) break;
    }
    return page;
}

Result<std::size_t> each(const std::filesystem::path& directory, const Filter& filter,
                         const std::function<void(const Row&)>& tell) {
    const auto segments = segmentsIn(directory);
    if (!segments) return tl::unexpected(segments.error());
    std::size_t unreadable = 0;
    for (const auto& segment : *segments) {
        const auto text = textOf(segment);
        if (!text) return tl::unexpected(text.error());
        unreadable += !*text;
        for (std::size_t at = 0; *text && at < (*text)->size(); ++at) {
            auto line = readLine((*text)->line(at));
            unreadable += !line;
            if (line && filter.wants(line->line)) tell({segment.chain, std::move(line->line), line->holds});
        }
    }
    return unreadable;
}

}  // namespace tram::ledger
