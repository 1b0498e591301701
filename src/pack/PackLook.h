#pragma once
#include <optional>
#include <string>
#include <vector>

#include "pack/PackRows.h"
#include "pack/PackSearch.h"
#include "pack/RankSet.h"
#include "pack/WordChoices.h"
#include "pack/WordSets.h"

namespace tram::pack {

/// For pack/'s own .cpp files: one search in one pack, step by step. Whoever searches in several takes each
/// step in all of them before they decide whether the next is needed. All throw as reading does.
class PackLook {
  public:
    PackLook(const Searched& in, const Query& query, const std::vector<Asked>& asked);

    struct Candidate {
        std::size_t rank, slips;
        Entry entry;
        std::optional<double> metres;
    };
    void asTyped();
    void withOneSlip(Forgive forgive);
    void withSlips();
    std::vector<Candidate>& found() { return found_; }

    static constexpr std::size_t kMostSlips = 3;

  private:
    RankSet restOf(std::size_t at, std::size_t count) const;
    void take(const RankSet& fitting, std::size_t slips);
    void takeFirst(const RankSet& fitting, std::size_t slips);

    const PackFile& pack_;
    const Query& query_;
    const std::vector<Asked>& asked_;
    WordSets words_;
    Entries entries_;
    RankSet taken_, start_;
    std::vector<RankSet> sets_;  // of each word as it was typed
    std::vector<Candidate> found_;
};

}  // namespace tram::pack
