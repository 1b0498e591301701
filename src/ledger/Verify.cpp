#include "ledger/Verify.h"

#include <algorithm>

namespace tram::ledger {
namespace {

using base::ProblemKind;
using base::Result;

std::string wordIn(const Line& line, std::string_view key) {
    const auto found = line.members.find(key);
    const auto* text = found == line.members.end() ? nullptr : std::get_if<std::string>(&found->second);
    return text ? *text : "";
}

std::int64_t countIn(const Line& line, std::string_view key) {
    const auto found = line.members.find(key);
    const auto* count = found == line.members.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
    return count ? *count : 0;
}

/// The lines from `at` on, and those of the next file behind them.
std::vector<std::string_view> linesFrom(const SegmentText& text, std::size_t at, const SegmentText* next) {
    std::vector<std::string_view> all;
    for (; at < text.size() && all.size() <= Walk::kLookAhead; ++at) all.push_back(text.line(at));
    for (std::size_t i = 0; next && i < next->size() && all.size() <= Walk::kLookAhead; ++i)
        all.push_back(next->line(i));
    return all;
}

/// Goes through the files of the log, one chain after the other.
class Reading {
  public:
    Reading(std::vector<Segment> segments, const std::vector<Head>& acknowledged)
        : segments_(std::move(segments)), acknowledged_(acknowledged) {}

    Result<Verdict> run() {
        for (std::size_t begin = 0, end; begin < segments_.size(); begin = end) {
            const int chain = segments_[begin].chain;
            noteMissing(chain);
            for (end = begin; end < segments_.size() && segments_[end].chain == chain;) ++end;
            if (auto read = readChain(begin, end); !read) return tl::unexpected(read.error());
        }
        for (const auto& head : acknowledged_)
            if (std::ranges::none_of(verdict_.chains,
                                     [&](const auto& it) { return it.head.chain == head.chain; }))
                verdict_.gone.push_back(head);
        return std::move(verdict_);
    }

  private:
    void noteMissing(int upTo) {
        for (int number = verdict_.chains.empty() ? 1 : verdict_.chains.back().number + 1; number < upTo;
             ++number) {
            ChainSeen missing;
            missing.number = number;
            missing.broken = Broken{Damage::Removed, 1};
            verdict_.chains.push_back(std::move(missing));
        }
    }

    Result<void> readChain(std::size_t begin, std::size_t end) {
        ChainCheck check(acknowledged_);
        check.seen.number = segments_[begin].chain;
        for (auto at = begin; at < end && !check.seen.broken; ++at) {
            check.seen.file = segments_[at].file.filename().string();
            check.seen.place = 0;
            const int expected = static_cast<int>(at - begin) + 1;
            if (segments_[at].part != expected) {
                check.breakAs({Damage::Removed, check.walk().next()});
                break;
            }
            if (auto read = readSegment(check, at, at + 1 == end); !read) return read;
        }
        check.end();
        link(check.seen);
        verdict_.chains.push_back(std::move(check.seen));
        return {};
    }

    Result<void> readSegment(ChainCheck& check, std::size_t at, bool last) {
        const auto text = SegmentText::read(segments_[at].file);
        if (!text && text.error().kind != ProblemKind::TooLarge) return tl::unexpected(text.error());
        if (!text) check.breakAs({Damage::Unreadable, check.walk().next()});
        if (text) check.takeAll(*text, last, last ? std::filesystem::path() : segments_[at + 1].file);
        return {};
    }

    /// A chain begins where the one before it ended, as far as that was whole.
    void link(ChainSeen& seen) {
        if (seen.head.n == 0 || verdict_.chains.empty() || seen.broken) return;
        const auto& former = verdict_.chains.back();
        const std::string_view end = former.head.n > 0 ? std::string_view(former.head.hash) : kNoHash;
        if (!former.broken && end != seen.follows) seen.broken = Broken{Damage::Spliced, 1};
    }

    std::vector<Segment> segments_;
    const std::vector<Head>& acknowledged_;
    Verdict verdict_;
};

}  // namespace

bool Verdict::sound() const {
    return gone.empty() && std::ranges::none_of(chains, [](const auto& it) { return it.broken.has_value(); });
}

bool ChainCheck::take(const Result<ReadLine>& line) {
    if (!walk_.take(line)) return false;
    seen.head = walk_.head();
    seen.last = line->line.at;
    if (seen.head.n == 1) {
        seen.began = line->line.at;
        seen.follows = line->line.prev;
        seen.after = wordIn(line->line, "after");
        seen.brokenAt = countIn(line->line, "broken_at");
    }
    compare(seen.head);
    return !seen.broken;
}

void ChainCheck::compare(const Head& head) {
    for (const auto& known : acknowledged_) {
        if (known.chain != head.chain || known.n != head.n) continue;
        if (known.hash != head.hash) return breakAs({Damage::Rewritten, head.n});
        seen.acknowledged = std::max(seen.acknowledged, head.n);
    }
}

void ChainCheck::takeAll(const SegmentText& text, bool last, const std::filesystem::path& next) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        seen.place = at + 1;
        if (take(readLine(text.line(at)))) continue;
        if (!seen.broken) diagnose(text, at, next);
        return;
    }
    if (text.rest().empty()) return;
    seen.place = text.size() + 1;
    if (last && isTorn(text.rest()))
        seen.torn = text.rest().size();
    else
        breakAs({Damage::Edited, walk_.next()});
}

void ChainCheck::diagnose(const SegmentText& text, std::size_t at, const std::filesystem::path& next) {
    const auto behind =
        next.empty() ? Result<SegmentText>(base::fail(ProblemKind::FileMissing)) : SegmentText::read(next);
    breakAs(walk_.diagnose(linesFrom(text, at, behind ? &*behind : nullptr)));
}

void ChainCheck::end() {
    if (seen.broken) return;
    for (const auto& known : acknowledged_)
        if (known.chain == seen.head.chain && known.n > seen.head.n)
            return breakAs({Damage::CutTail, seen.head.n + 1});
    seen.file.clear();
    seen.place = 0;
}

Result<Verdict> verify(const std::filesystem::path& directory, const std::vector<Head>& acknowledged) {
    auto segments = segmentsIn(directory);
    if (!segments) return tl::unexpected(segments.error());
    return Reading(*std::move(segments), acknowledged).run();
}

}  // namespace tram::ledger
