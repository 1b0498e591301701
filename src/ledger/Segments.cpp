#include "ledger/Segments.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>

#include "base/Files.h"

namespace tram::ledger {
namespace {

using base::Result;

constexpr std::string_view kEnding = ".jsonl";
constexpr std::size_t kNumberDigits = 4, kPartDigits = 6;

std::optional<int> numberIn(std::string_view digits) {
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size() || number < 1) return std::nullopt;
    return number;
}

std::optional<Segment> segmentNamed(const std::filesystem::path& file) {
    const auto name = file.filename().string();
    if (name.size() != kNumberDigits + 1 + kPartDigits + kEnding.size() || !name.ends_with(kEnding) ||
        name[kNumberDigits] != '-')
        return std::nullopt;
    const auto chain = numberIn(std::string_view(name).substr(0, kNumberDigits)),
               part = numberIn(std::string_view(name).substr(kNumberDigits + 1, kPartDigits));
    if (!chain || !part) return std::nullopt;
    return Segment{*chain, *part, file};
}

}  // namespace

Segment Segment::at(const std::filesystem::path& directory, int chain, int part) {
    return {chain, part, directory / fmt::format("{:04}-{:06}{}", chain, part, kEnding)};
}

Result<std::vector<Segment>> segmentsIn(const std::filesystem::path& directory) {
    std::vector<Segment> all;
    std::error_code error;
    std::filesystem::directory_iterator entries(directory, error);
    if (error == std::errc::no_such_file_or_directory) return all;
    for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error))
        if (auto segment = segmentNamed(entries->path())) all.push_back(std::move(*segment));
    if (error) return tl::unexpected(base::fileProblem(error.value(), directory));
    std::ranges::sort(all, {}, [](const Segment& it) { return std::tuple(it.chain, it.part); });
    return all;
}

SegmentText::SegmentText(std::string bytes) : bytes_(std::move(bytes)) {
    for (std::size_t begin = 0, end; (end = bytes_.find('\n', begin)) != bytes_.npos; begin = end + 1)
        lines_.emplace_back(begin, end - begin);
    if (rest().empty() && !lines_.empty() && line(lines_.size() - 1).find('\0') != std::string_view::npos)
        lines_.pop_back();
}

Result<SegmentText> SegmentText::read(const std::filesystem::path& file) {
    return base::readFile(file, Segment::kMaxBytes).map([](std::string&& bytes) {
        return SegmentText(std::move(bytes));
    });
}

std::string_view SegmentText::line(std::size_t at) const {
    return std::string_view(bytes_).substr(lines_[at].first, lines_[at].second);
}

std::size_t SegmentText::wholeBytes() const {
    return lines_.empty() ? 0 : lines_.back().first + lines_.back().second + 1;
}

std::string_view SegmentText::rest() const {
    return std::string_view(bytes_).substr(wholeBytes());
}

}  // namespace tram::ledger
