#include "ledger/Mark.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>

#include "base/Disk.h"
#include "base/Files.h"
#include "ledger/Ledger.h"

namespace tram::ledger {
namespace {

using base::ProblemKind;
using base::Result;

constexpr std::size_t kLargestMark = 64;

std::filesystem::path markOf(const std::filesystem::path& directory, int chain) {
    return directory / fmt::format("{:04}.broken", chain);
}

/// So that a line that was read will be there after a power cut.
Result<void> syncAgain(const std::filesystem::path& file) {
    const int opened = base::disk().open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
    if (opened < 0) return tl::unexpected(base::fileProblem(errno, file));
    const int error = base::disk().syncData(opened) == 0 ? 0 : errno;
    ::close(opened);
    if (error != 0) return tl::unexpected(base::fileProblem(error, file));
    return {};
}

std::optional<Head> lastHeadIn(const SegmentText& text) {
    if (text.size() == 0) return std::nullopt;
    const auto line = readLine(text.line(text.size() - 1));
    if (!line || !line->holds) return std::nullopt;
    return line->head();
}

}  // namespace

Result<void> markBroken(const std::filesystem::path& directory, int chain, const Broken& broken) {
    return base::writeFileAtomically(markOf(directory, chain),
                                     fmt::format("{} {}\n", name(broken.damage), broken.n), 0600);
}

/// One that cannot be read is a mark all the same.
std::optional<Broken> readMark(const std::filesystem::path& directory, int chain) {
    const auto text = base::readFile(markOf(directory, chain), kLargestMark);
    if (!text && text.error().kind == ProblemKind::FileMissing) return std::nullopt;
    Broken broken{Damage::Unreadable, 0};
    if (!text) return broken;
    const auto blank = std::min(text->find(' '), text->size());
    if (const auto damage = damageFrom(std::string_view(*text).substr(0, blank))) broken.damage = *damage;
    if (blank < text->size())
        std::from_chars(text->data() + blank + 1, text->data() + text->size(), broken.n);
    broken.n = std::clamp<std::int64_t>(broken.n, 0, kMostCount);
    return broken;
}

Result<std::optional<Head>> durableHead(const std::filesystem::path& directory) {
    auto segments = segmentsIn(directory);
    if (!segments) return tl::unexpected(segments.error());
    for (; !segments->empty(); segments->pop_back()) {
        const auto text = SegmentText::read(segments->back().file);
        if (!text) return tl::unexpected(text.error());
        if (text->size() == 0) continue;
        if (auto synced = syncAgain(segments->back().file); !synced) return tl::unexpected(synced.error());
        return lastHeadIn(*text);
    }
    return std::optional<Head>();
}

Result<std::vector<std::string>> chainsIn(const std::filesystem::path& directory) {
    const auto segments = segmentsIn(directory);
    if (!segments) return tl::unexpected(segments.error());
    std::vector<std::string> ids;
    int seen = 0;
    for (const auto& segment : *segments) {
        if (segment.chain == seen) continue;
        const auto text = SegmentText::read(segment.file);
        for (std::size_t at = 0; text && at < text->size() && segment.chain != seen; ++at)
            if (auto line = readLine(text->line(at))) {
                ids.push_back(std::move(line->line.chain));
                seen = segment.chain;
            }
    }
    return ids;
}

Result<std::string> hashAt(const std::filesystem::path& directory, const std::string& chain, std::int64_t n) {
    auto segments = segmentsIn(directory);
    if (!segments) return tl::unexpected(segments.error());
    for (; !segments->empty(); segments->pop_back()) {
        const auto text = SegmentText::read(segments->back().file);
        if (!text) return tl::unexpected(text.error());
        for (auto at = text->size(); at > 0; --at) {
            const auto line = readLine(text->line(at - 1));
            if (line && line->line.chain == chain && line->line.n == n) return line->hash;
            if (line && line->line.chain == chain && line->line.n < n) return std::string();
        }
    }
    return std::string();
}

}  // namespace tram::ledger
