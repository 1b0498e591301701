#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"

namespace tram::ledger {

/// One file of lines, `<chain>-<part>.jsonl` ("0001-000001.jsonl"): a chain goes on from part to part, and a
/// new one has the next number.
struct Segment {
    int chain = 1, part = 1;
    std::filesystem::path file;

    static constexpr int kMostChains = 9999, kMostParts = 999'999;
    static constexpr std::size_t kMaxBytes = 8u << 20;
    static Segment at(const std::filesystem::path& directory, int chain, int part);
};

/// In their order; empty where there is no log. As base::fileProblem.
base::Result<std::vector<Segment>> segmentsIn(const std::filesystem::path& directory);

/// The bytes of a segment, and its lines. A last line with zeros in it was never whole, whatever its end
/// looks like: sectors come to a disk in any order.
class SegmentText {
  public:
    /// As base::readFile; TooLarge.
    static base::Result<SegmentText> read(const std::filesystem::path& file);
    std::size_t size() const { return lines_.size(); }
    std::string_view line(std::size_t at) const;  ///< without its line break
    std::string_view rest() const;                ///< after the last line
    std::size_t wholeBytes() const;               ///< up to there

  private:
    explicit SegmentText(std::string bytes);
    std::string bytes_;
    std::vector<std::pair<std::size_t, std::size_t>> lines_;  ///< begin, length
};

}  // namespace tram::ledger
